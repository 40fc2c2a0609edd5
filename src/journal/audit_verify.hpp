// Looks through the whole audit trail for what was changed after it had been written.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "journal/audit_checkpoints.hpp"

namespace waymark::journal {

// Something that is not as it was written. A place or row that could not be told is 0.
struct AuditFinding {
  std::int64_t position = 0;
  std::int64_t audit_id = 0;
  std::string what;  // "the row was changed": English, for the operator
};

struct AuditVerification {
  std::int64_t rows = 0;           // places of the chain
  std::int64_t checkpoints = 0;    // in the database
  std::int64_t copied = 0;         // in the file
  std::int64_t waiting = 0;        // rows that have no place yet
  std::int64_t unsigned_rows = 0;  // places behind the last checkpoint
  std::int64_t findings = 0;
  bool has_copy = false;
  // Checkpoints of the file about rows that went when a backup was brought back, the furthest of their positions, and
  // the last such restore.
  std::int64_t taken_back = 0;
  std::int64_t taken_back_position = 0;
  std::optional<Checkpoint> restored{};
};

// Beside running work: reads in pages, each of one moment, and holds one page. `tell` gets each finding as it is found.
AuditVerification verify_audit(db::Database& database, const SigningKeys& keys,
                               const std::filesystem::path& outside_copy,
                               const std::function<void(const AuditFinding&)>& tell);

}  // namespace waymark::journal
