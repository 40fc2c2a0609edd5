#include "features/cases/connecting/export_letters.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "features/cases/connecting/access_code.hpp"
#include "features/cases/party_store.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

constexpr int kLettersAtATime = 100;

class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path, int flags, mode_t mode = 0600)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (number_ < 0) throw std::runtime_error("letters export: can't open " + path.string());
  }
  ~OpenFile() { ::close(number_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void write_durably(const std::filesystem::path& folder, const std::string& name, std::string_view content) {
  const auto path = folder / name;
  const OpenFile file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  while (!content.empty()) {
    const auto written = ::write(file.number(), content.data(), content.size());
    if (written <= 0) throw std::runtime_error("letters export: can't write " + path.string());
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  const OpenFile directory(folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(file.number()) != 0 || ::fsync(directory.number()) != 0) {
    throw std::runtime_error("letters export: can't keep " + path.string());
  }
}

std::string letter_text(const Cases& cases, const catalogue::Words& words, std::string_view origin,
                        const WaitingLetter& letter, std::string_view code, Instant expires_at) {
  const auto& parts = cases.parts();
  const auto& brand = parts.catalogue.brand();
  const auto& locale = words.choose(letter.language, "", brand.default_language);
  const auto name = shown_name(parts.sealer.open({"parties", "name_sealed", letter.party.value}, letter.sealed_name));
  const auto address = parts.sealer.open({"parties", "address_sealed", letter.party.value}, letter.sealed_address);
  const auto expires_on = locale.long_date(catalogue::day_in_zone(expires_at, brand.time_zone));
  const auto* form = parts.catalogue.find_form(letter.form);
  const auto form_title = form ? std::string(form->title.in(locale.tag())) : letter.form;
  return locale.text("cases.letter.text", {{"agency", brand.agency_name},
                                           {"name", name},
                                           {"address", address},
                                           {"form", form_title},
                                           {"receipt_number", letter.receipt_number},
                                           {"code", code},
                                           {"expires_on", expires_on},
                                           {"origin", origin},
                                           {"phone", brand.phone}});
}

bool export_letter(const Cases& cases, const catalogue::Words& words, std::string_view origin,
                   const std::filesystem::path& folder, const WaitingLetter& letter) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto code = make_access_code(parts.random);
  const NewAccessCode access_code{.id = parts.ids.next<AccessCodeId>(),
                                  .party = letter.party,
                                  .code_hash = cases.hash_access_code(letter.receipt_number, code),
                                  .issued_at = now,
                                  .expires_at = now + kAccessCodeValidDays};
  const auto audit_id = parts.ids.next_value();
  write_durably(folder, fmt::format("letter-{}.txt", letter.id.value),
                letter_text(cases, words, origin, letter, format_access_code(code), access_code.expires_at));
  return parts.database.write([&](db::Transaction& tx) {
    if (!mark_letter_exported(tx, letter.id, now)) return false;
    insert_access_code(tx, access_code);
    journal::record(tx, {.id = audit_id, .at = now, .event = "case.letter_exported", .actor = "operator"});
    return true;
  });
}

}  // namespace

ExportedLetters export_letters(const Cases& cases, const catalogue::Words& words, std::string_view origin,
                               const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  ExportedLetters exported;
  for (;;) {
    const auto waiting = list_waiting_letters(*cases.parts().database.snapshot(), kLettersAtATime);
    if (waiting.empty()) return exported;
    for (const auto& letter : waiting) exported.written += export_letter(cases, words, origin, folder, letter) ? 1 : 0;
  }
}

}  // namespace waymark::cases
