#include "features/accounts/pages/recovery_frame.hpp"

#include <fmt/format.h>

namespace waymark::accounts::pages {

std::string_view recovery_words(const web::Exchange& exchange, const RecoveryStep& step, std::string_view name) {
  return exchange.words().text(fmt::format("accounts.recover.{}.{}", step.name, name));
}

web::Response recovery_page(web::Exchange& exchange, const web::FormState& form, RecoveryPurpose purpose,
                            const RecoveryStep& step, std::string_view lead, const web::Html& main) {
  const auto title = recovery_words(exchange, step, "title");
  web::Html page;
  page(web::error_summary(exchange, form),
       web::step_heading(exchange, step.place, recovery_places(purpose), title, lead), main);
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, page);
}

}  // namespace waymark::accounts::pages
