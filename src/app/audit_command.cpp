#include "app/audit_command.hpp"

#include "base/text.hpp"
#include "journal/audit.hpp"
#include "journal/audit_outside.hpp"
#include "journal/audit_verify.hpp"

namespace waymark::app {
namespace {

constexpr std::int64_t kFindingsShown = 100;

std::string named(const journal::AuditFinding& finding) {
  std::string name;
  if (finding.position > 0) name += fmt::format("place {}", finding.position);
  if (finding.audit_id > 0) name += fmt::format("{}row {}", name.empty() ? "" : ", ", finding.audit_id);
  return name.empty() ? finding.what : name + ": " + finding.what;
}

void print_copy(const journal::AuditVerification& seen, const std::filesystem::path& file, std::ostream& out) {
  if (!seen.has_copy) {
    out << fmt::format("There is no {}: whether the end was cut off together with its checkpoints can't be told.\n",
                       file.string());
    return;
  }
  out << fmt::format("{} checkpoints in {}.\n", seen.copied, file.string());
  if (seen.restored) {
    out << fmt::format("A backup that ended at place {} was brought back on {}.\n", seen.restored->position,
                       to_iso(seen.restored->at));
  }
  if (seen.taken_back > 0) {
    out << fmt::format(
        "{} checkpoints, up to place {}, are about rows written after such a backup was made: they are not in this "
        "database, which is no tampering.\n",
        seen.taken_back, seen.taken_back_position);
  }
}

}  // namespace

int verify_audit(Foundation& foundation, std::ostream& out, std::ostream& errors) {
  const SigningKeys keys(foundation.keys, journal::kCheckpointPurpose);
  const auto file = checkpoints_file_of(foundation.config);
  std::int64_t told = 0;
  const auto seen = journal::verify_audit(*foundation.database, keys, file, [&](const journal::AuditFinding& finding) {
    if (++told <= kFindingsShown) errors << named(finding) << "\n";
  });
  if (seen.findings > kFindingsShown) errors << fmt::format("… and {} more.\n", seen.findings - kFindingsShown);
  out << fmt::format("{} rows of the audit trail and {} checkpoints looked at; {} rows wait for their place.\n",
                     seen.rows, seen.checkpoints, seen.waiting);
  if (seen.unsigned_rows > 0) out << fmt::format("The last {} rows are not signed yet.\n", seen.unsigned_rows);
  print_copy(seen, file, out);
  for (const auto& [number, key] : keys.public_keys()) {
    out << fmt::format("Checkpoints of key {} are signed with Ed25519; its public key is {}.\n", number, to_hex(key));
  }
  out << (seen.findings == 0 ? std::string("The audit trail is whole.\n")
                             : fmt::format("The audit trail is NOT as it was written: {} findings.\n", seen.findings));
  return seen.findings == 0 ? 0 : 1;
}

void note_restore(Foundation& foundation, std::ostream& out) {
  const SigningKeys keys(foundation.keys, journal::kCheckpointPurpose);
  journal::OutsideCopy copy(checkpoints_file_of(foundation.config));
  const auto now = foundation.clock->now();
  const auto at = std::max(now, copy.newest_at() + std::chrono::milliseconds{1});
  const auto audit_id = foundation.ids.next_value();
  const auto end = foundation.database->write([&](db::Transaction& tx) {
    journal::add_checkpoint(tx, keys, "restored", at);
    journal::record(tx, {.id = audit_id, .at = now, .event = "database.restored", .actor = "operator"});
    return journal::find_chain_end(tx);
  });
  copy.catch_up(*foundation.database);
  out << fmt::format(
      "The audit trail ends at place {}: what was recorded after the backup is not in it, and `waymark audit verify` "
      "will say so.\n",
      end.position);
}

}  // namespace waymark::app
