#include "features/accounts/sessions/drafts.hpp"

#include "features/accounts/limits.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kDelete{"form_drafts.delete", "DELETE FROM form_drafts WHERE account = $1 AND page_index = $2"};
constexpr db::Query kInsert{"form_drafts.insert",
                            "INSERT INTO form_drafts (id, account, page_index, fields_sealed, created_at, expires_at) "
                            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, page_index) DO NOTHING"};
constexpr db::Query kFind{"form_drafts.find",
                          "SELECT id, fields_sealed FROM form_drafts "
                          "WHERE account = $1 AND page_index = $2 AND expires_at > $3"};
constexpr db::Query kDeleteLapsed{"form_drafts.delete_lapsed", "DELETE FROM form_drafts WHERE expires_at <= $1"};

using FormDraftId = Id<struct FormDraftTag>;

SealPlace place_of(FormDraftId id) { return {.table = "form_drafts", .column = "fields_sealed", .row = id.value}; }

}  // namespace

Drafts::Drafts(db::Database& database, const Clock& clock, IdSource& ids, const KeyRing& keys, const Sealer& sealer,
               const Sessions& sessions)
    : database_(database),
      clock_(clock),
      ids_(ids),
      sealer_(sealer),
      sessions_(sessions),
      page_hash_(keys, "form_drafts.page") {}

web::Visitor Drafts::find_lapsed_visitor(const web::Request& request, db::Snapshot& snapshot) {
  return sessions_.find_lapsed_visitor(request, snapshot);
}

void Drafts::keep(AccountId account, std::string_view page, const web::Form& fields) {
  const auto id = ids_.next<FormDraftId>();
  const auto page_index = page_hash_.of(page);
  const auto sealed = sealer_.seal(place_of(id), fields.encoded());
  const auto now = clock_.now();
  database_.write([&](db::Transaction& tx) {
    tx.run(kDelete, {account, db::Bytes{page_index}});
    tx.run(kInsert, {id, account, db::Bytes{page_index}, db::Bytes{sealed}, now, now + kDraftLifetime});
  });
}

std::optional<web::Form> Drafts::find(db::Snapshot& snapshot, AccountId account, std::string_view page) {
  struct Kept {
    FormDraftId id{};
    std::string sealed{};
  };
  const auto page_index = page_hash_.of(page);
  const auto kept = snapshot.find(kFind, {account, db::Bytes{page_index}, clock_.now()}, [](const db::Row& row) {
    return Kept{row.id<FormDraftId>(0), std::string(row.bytes(1))};
  });
  if (!kept) return std::nullopt;
  auto form = web::Form::parse(sealer_.open(place_of(kept->id), kept->sealed));
  return form ? std::optional(std::move(*form)) : std::nullopt;
}

void Drafts::forget(AccountId account, std::string_view page) {
  const auto page_index = page_hash_.of(page);
  database_.write([&](db::Transaction& tx) { tx.run(kDelete, {account, db::Bytes{page_index}}); });
}

void delete_lapsed_drafts(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
