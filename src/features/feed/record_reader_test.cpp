#include "features/feed/record_reader.hpp"

#include <gtest/gtest.h>

#include "support/case_world.hpp"

namespace waymark::feed {
namespace {

using namespace cases;

class RecordReading : public ::testing::Test {
 protected:
  // "field:reason", or "read".
  std::string outcome(std::string_view line) {
    const auto read = reader_.read(line);
    return read ? "read" : read.error().field + ":" + read.error().reason;
  }
  // A record of that type with these fields besides what every record has.
  static std::string record(std::string_view type, std::string_view fields, int sequence = 2) {
    return fmt::format(R"({{"record":"r-1","type":"{}","case":"NPT2690001234","sequence":{},{}}})", type, sequence,
                       fields);
  }
  std::string hash_of(std::string_view line) { return reader_.read(line).value().content_hash; }

  SeededRandom random_{1};
  KeyRing keys_ = make_keys(random_);
  RecordReader reader_{testing::shipped_catalogue(), keys_};
};

const std::string kParty = R"("party":"p-77","role":"applicant","name":{"given":"Ana","family":"Reyes"},)"
                           R"("second_proof":{"kind":"birth_date","value":"1990-04-12"})";
const std::string kCode = R"("access_code":"c-9","party":"p-77","code":"k7qf-9ztm-4wxcp","issued_on":"2026-11-20")";
const std::string kAppointment =
    R"("appointment":"a-3","kind":"biometrics","starts_at":"2026-12-08T09:40:00-05:00","place":"northport-asc")";

TEST_F(RecordReading, ReadsEachTypeWhole) {
  const auto opened = reader_.read(record("case", R"("form":"I-765","filed_on":"2026-08-12")", 1));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->receipt_number, "NPT2690001234");
  EXPECT_EQ(opened->name, "r-1");
  EXPECT_EQ(std::get<CaseRecordContent>(opened->content).form, "I-765");

  const auto party = std::get<PartyContent>(
      reader_
          .read(record("party", kParty + R"(,"address":["18 Harbor  Lane","Northport"],"email":"Ana@Example.org",)"
                                         R"("language":"es","state":"left","guardian_of":"p-3")"))
          .value()
          .content);
  EXPECT_EQ(party.family_name, "Reyes");
  EXPECT_EQ(party.proof, "1990-04-12");
  EXPECT_EQ(party.address, (std::vector<std::string>{"18 Harbor Lane", "Northport"}));
  EXPECT_EQ(party.language, "es");
  EXPECT_FALSE(party.is_present);
  EXPECT_EQ(party.guardian_of, "p-3");

  const auto code = std::get<AccessCodeContent>(reader_.read(record("access_code", kCode)).value().content);
  EXPECT_EQ(code.code, "K7QF9ZTM4WXCP");
  // Days end at midnight where the agency is: 90 days after the 20th of November, five hours behind UTC.
  EXPECT_EQ(to_iso(code.issued_at), "2026-11-20T05:00:00Z");
  EXPECT_EQ(to_iso(code.expires_at), "2027-02-19T05:00:00Z");

  const auto event = std::get<EventContent>(
      reader_
          .read(record("event", R"("kind":"evidence_requested","occurred_on":"2026-11-10","due_on":"2026-12-18",)"
                                R"("items":[{"en":"Passport","es":"Pasaporte"},{"en":"Photo"}])"))
          .value()
          .content);
  EXPECT_EQ(event.items.size(), 2U);
  EXPECT_EQ(to_iso(*event.due_on), "2026-12-18");

  const auto appointment = std::get<AppointmentContent>(
      reader_.read(record("appointment", kAppointment + R"(,"state":"scheduled")")).value().content);
  EXPECT_EQ(to_iso(appointment.starts_at), "2026-12-08T14:40:00Z");
}

TEST_F(RecordReading, ReadsOrganisationsWithTheirNumber) {
  const auto party = std::get<PartyContent>(
      reader_
          .read(record("party", R"("party":"p","role":"petitioner","organisation":"Bluewater LLC",)"
                                R"("second_proof":{"kind":"registration_number","value":"nr-447 1902"})"))
          .value()
          .content);
  EXPECT_EQ(party.organisation, "Bluewater LLC");
  EXPECT_EQ(party.proof, "NR4471902");
}

TEST_F(RecordReading, RefusesWhatIsNotOneJsonObject) {
  for (const auto* line : {"", "{", "[]", "null", "{}{}", "{\"record\":\"r\"} x", "\xff\xfe", "{\"a\":\"\x01\"}",
                           "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}"}) {
    EXPECT_EQ(outcome(line), ":not_json") << line;
  }
  EXPECT_EQ(outcome("{\"record\":\"" + std::string(kLineBytesMax, 'x') + "\"}"), ":not_json");
}

TEST_F(RecordReading, RefusesWhatEveryRecordMustHave) {
  EXPECT_EQ(outcome("{}"), "record:missing_field");
  EXPECT_EQ(outcome(R"({"record":"a b"})"), "record:bad_value");
  EXPECT_EQ(outcome(R"({"record":"r-1","case":"npt2690001234"})"), "case:bad_value");
  EXPECT_EQ(outcome(R"({"record":"r-1","case":"NPT2690001234","sequence":0})"), "sequence:bad_value");
  EXPECT_EQ(outcome(R"({"record":"r-1","case":"NPT2690001234","sequence":1.0})"), "sequence:bad_value");
  EXPECT_EQ(outcome(R"({"record":"r-1","case":"NPT2690001234","sequence":2})"), "type:missing_field");
  EXPECT_EQ(outcome(record("letter", R"("x":1)")), "type:bad_value");
  EXPECT_EQ(outcome(record("case", R"("form":"I-765","filed_on":"2026-08-12")", 2)), "sequence:bad_value");
}

TEST_F(RecordReading, RefusesFieldsThatAreNotDescribed) {
  EXPECT_EQ(outcome(record("event", R"("kind":"noted","occurred_on":"2026-08-12","text":{"en":"x"},"stgae":"x")")),
            "stgae:unknown_field");
  EXPECT_EQ(outcome(record(
                "event", R"("kind":"decided","outcome":"approved","occurred_on":"2026-08-12","due_on":"2026-09-01")")),
            "due_on:unknown_field");
  EXPECT_EQ(
      outcome(record("access_code", R"("access_code":"c","party":"p","state":"withdrawn","code":"K7QF-9ZTM-4WXCP")")),
      "code:unknown_field");
  // What somebody wrote where a name should be is not repeated in a report.
  EXPECT_EQ(outcome(record("event", R"("kind":"reopened","occurred_on":"2026-08-12","Ana Reyes 1990":1)")),
            "?:unknown_field");
}

TEST_F(RecordReading, RefusesAFieldNamedTwice) {
  EXPECT_EQ(outcome(record("case", R"("form":"I-765","form":"I-90","filed_on":"2026-08-12")", 1)), "?:bad_value");
  EXPECT_EQ(outcome(record("case", R"("form":"I-765","f\u006frm":"I-90","filed_on":"2026-08-12")", 1)),
            "?:unknown_field");
  // The same name in two objects is no doubling, nor is one in a text.
  EXPECT_EQ(
      outcome(record("event", R"("kind":"noted","occurred_on":"2026-08-12","text":{"en":"\"kind\": \"kind\":"})")),
      "read");
  EXPECT_EQ(outcome(record("event", R"("kind":"evidence_requested","occurred_on":"2026-11-10","due_on":"2026-12-18",)"
                                    R"("items":[{"en":"a"},{"en":"b"}])")),
            "read");
}

TEST_F(RecordReading, RefusesValuesOfAnotherForm) {
  EXPECT_EQ(outcome(record("case", R"("form":"I-765","filed_on":"2026-02-30")", 1)), "filed_on:bad_value");
  EXPECT_EQ(outcome(record("party", R"("party":"p","role":"helper")")), "role:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"language":"xx")")), "language:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"organisation":"x")")), "name:unknown_field");
  EXPECT_EQ(outcome(record("party", R"("party":"p","role":"applicant")")), "name:missing_field");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"address":[])")), "address:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"email":"not an address")")), "email:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"state":"gone")")), "state:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"guardian_of":"p-77")")), "guardian_of:bad_value");
  EXPECT_EQ(outcome(record("party", kParty + R"(,"guardian_of":"")")), "guardian_of:bad_value");
  EXPECT_EQ(outcome(record("access_code", R"("access_code":"c","party":"p","code":"short","issued_on":"2026-11-20")")),
            "code:bad_value");
  EXPECT_EQ(outcome(record("access_code", kCode + R"(,"expires_on":"2026-11-01")")), "expires_on:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"filed","occurred_on":"2026-08-12")")), "kind:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"party_changed","occurred_on":"2026-08-12")")), "kind:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"decided","outcome":"withdrawn","occurred_on":"2026-08-12")")),
            "outcome:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"closed","outcome":"approved","occurred_on":"2026-08-12")")),
            "outcome:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"noted","occurred_on":"2026-08-12")")), "text:missing_field");
  EXPECT_EQ(outcome(record("event", R"("kind":"noted","occurred_on":"2026-08-12","text":{"es":"x"})")),
            "text:bad_value");
  EXPECT_EQ(outcome(record("event", R"("kind":"noted","occurred_on":"2026-08-12","text":{"en":"x\u0000"})")),
            "text:bad_value");
  EXPECT_EQ(outcome(record("appointment", kAppointment + R"(,"state":"maybe")")), "state:bad_value");
  EXPECT_EQ(outcome(record("appointment", R"("appointment":"a","kind":"oath","starts_at":"2026-12-08T09:40:00")")),
            "starts_at:bad_value");
}

TEST_F(RecordReading, GivesTheSameHashForTheSameContentHoweverItIsWritten) {
  const std::string one = record("event", R"("kind":"noted","occurred_on":"2026-08-12","text":{"en":"a","es":"b"})");
  const std::string other =
      R"( { "text" : {"es":"b","en":"a"}, "occurred_on":"2026-08-12", "kind":"noted", "sequence":2,)"
      R"("case":"NPT2690001234", "type":"event", "record":"r-1" } )";
  EXPECT_EQ(hash_of(one), hash_of(other));
  EXPECT_NE(hash_of(one),
            hash_of(record("event", R"("kind":"noted","occurred_on":"2026-08-13","text":{"en":"a","es":"b"})")));
  EXPECT_NE(hash_of(record("party", kParty)), hash_of(record("party", kParty + R"(,"state":"left")")));
  EXPECT_NE(hash_of(record("party", kParty)), hash_of(record("party", kParty + R"(,"guardian_of":"p-3")")));
  EXPECT_EQ(hash_of(record("access_code", kCode)),
            hash_of(record("access_code",
                           R"("access_code":"c-9","party":"p-77","code":"K7QF9ZTM4WXCP","issued_on":"2026-11-20")")));
}

TEST_F(RecordReading, ReadsTheExampleOfTheDocument) {
  EXPECT_EQ(
      outcome(
          R"({"record":"r-2","type":"party","case":"NPT2690001234","sequence":2,"party":"p-77","role":"applicant","name":{"given":"Ana","family":"Reyes"},"second_proof":{"kind":"birth_date","value":"1990-04-12"},"address":["18 Harbor Lane","Northport, NY 11768"],"language":"es"})"),
      "read");
}

}  // namespace
}  // namespace waymark::feed
