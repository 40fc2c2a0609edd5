#include "features/feed/content_hash.hpp"

#include <string_view>

namespace waymark::feed {
namespace {

using namespace cases;

// Each piece with its length before it, so that no two lists of pieces give one text.
class Pieces {
 public:
  Pieces& operator<<(std::string_view piece) {
    text_ += std::to_string(piece.size());
    text_ += ':';
    text_ += piece;
    return *this;
  }
  Pieces& operator<<(std::int64_t number) { return *this << std::string_view(std::to_string(number)); }
  Pieces& operator<<(Date date) { return *this << std::string_view(to_iso(date)); }
  Pieces& operator<<(const std::optional<Date>& date) { return date ? *this << *date : *this << std::string_view(); }
  Pieces& operator<<(Instant instant) { return *this << to_millis(instant); }
  Pieces& operator<<(const Texts& texts) {
    *this << static_cast<std::int64_t>(texts.size());
    for (const auto& [language, text] : texts) *this << std::string_view(language) << std::string_view(text);
    return *this;
  }
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

void add(Pieces& pieces, const CaseRecordContent& content) { pieces << "case" << content.form << content.filed_on; }

void add(Pieces& pieces, const PartyContent& content) {
  pieces << "party" << content.agency_party << to_text(content.role) << content.given_name << content.family_name
         << content.organisation << to_text(content.proof_kind) << content.proof << content.email << content.language
         << std::string_view(content.is_present ? "present" : "left");
  for (const auto& line : content.address) pieces << line;
  // Only where there is one: what was taken in before guardians were known keeps its hash.
  if (!content.guardian_of.empty()) pieces << std::string_view() << content.guardian_of;
}

void add(Pieces& pieces, const AccessCodeContent& content) {
  pieces << "access_code" << content.agency_code << content.agency_party << content.code << content.issued_at
         << content.expires_at;
}

void add(Pieces& pieces, const EventContent& content) {
  pieces << "event" << to_text(content.kind) << content.occurred_on << content.stage << content.due_on
         << content.answers.value_or(0) << (content.outcome ? to_text(*content.outcome) : std::string_view())
         << content.text;
  for (const auto& item : content.items) pieces << item;
}

void add(Pieces& pieces, const AppointmentContent& content) {
  pieces << "appointment" << content.agency_appointment << to_text(content.kind) << content.starts_at << content.place
         << to_text(content.state);
}

}  // namespace

std::string canonical_text(const AgencyRecord& record) {
  Pieces pieces;
  pieces << record.receipt_number << record.sequence;
  std::visit([&](const auto& content) { add(pieces, content); }, record.content);
  return std::move(pieces).text();
}

}  // namespace waymark::feed
