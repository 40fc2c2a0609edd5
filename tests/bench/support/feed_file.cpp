#include "support/feed_file.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include "support/made_up_case.hpp"

namespace waymark::bench {
namespace {

constexpr std::int64_t kCasesAtOnce = 500;

std::string make_content(std::int64_t number, std::int64_t sequence) {
  const auto name = make_name(number);
  switch (sequence) {
    case 1:
      return R"("type":"case","form":"I-485","filed_on":"2026-01-05")";
    case 2:
      return fmt::format(
          R"("type":"party","party":"applicant","role":"applicant","name":{{"given":"{}","family":"{}"}},)"
          R"("second_proof":{{"kind":"birth_date","value":"{}"}},"address":["{} {}","18 Harbor Lane","Northport, NY 00000"],"language":"en")",
          name.given, name.family, to_iso(make_birth_date(number)), name.given, name.family);
    case 3:
      return R"("type":"event","kind":"stage_entered","stage":"received","occurred_on":"2026-01-05")";
    case 4:
      return R"("type":"event","kind":"stage_entered","stage":"accepted","occurred_on":"2026-01-12")";
    case 5:
      return R"("type":"event","kind":"evidence_requested","occurred_on":"2026-02-02","due_on":"2026-04-30",)"
             R"("items":[{"en":"Copy of your passport, all pages","es":"Copia de su pasaporte"}])";
    case 6:
      return R"("type":"event","kind":"evidence_received","occurred_on":"2026-02-20","answers":5)";
    case 7:
      return fmt::format(
          R"("type":"appointment","appointment":"A{}","kind":"biometrics","starts_at":"2026-12-08T09:40:00-05:00",)"
          R"("place":"northport-asc","state":"scheduled")",
          number);
    default:
      return R"("type":"event","kind":"noted","occurred_on":"2026-03-03","text":{"en":"Your file was moved to another office."})";
  }
}

}  // namespace

void write_feed(const std::filesystem::path& file, std::int64_t cases) {
  std::ofstream out(file, std::ios::binary);
  for (std::int64_t first = 0; first < cases; first += kCasesAtOnce) {
    const auto end = std::min(cases, first + kCasesAtOnce);
    for (std::int64_t sequence = 1; sequence <= kRecordsOfCase; ++sequence) {
      for (auto number = first; number < end; ++number) {
        out << fmt::format(R"({{"record":"NPT{0:010}-{1}","case":"NPT{0:010}","sequence":{1},{2}}})", number, sequence,
                           make_content(number, sequence))
            << '\n';
      }
    }
  }
  out.flush();
  if (!out) throw std::runtime_error("the feed file could not be written");
}

}  // namespace waymark::bench
