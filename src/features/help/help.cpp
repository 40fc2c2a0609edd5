#include "features/help/help.hpp"

#include "base/code_symbols.hpp"
#include "features/help/limits.hpp"

namespace waymark::help {

std::string Help::make_reference() const {
  return format_reference(parts.random.symbols(kCodeSymbols, kReferenceSymbols));
}

void Help::delete_lapsed() const {
  const auto now = parts.clock.now();
  const auto in_turn = [&](const auto& unit) { parts.database.write(unit, db::Urgency::bulk); };
  in_turn([&](db::Transaction& tx) { delete_lapsed_askings(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_closed_callbacks(tx, now - kClosedKept); });
  in_turn([&](db::Transaction& tx) { delete_closed_help_requests(tx, now - kClosedKept); });
}

}  // namespace waymark::help
