// Signed statements of where the chain over the audit trail ended, kept in the database and, line by line, in a file
// outside of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/database.hpp"
#include "journal/audit_chain.hpp"
#include "platform/signing_keys.hpp"

namespace waymark::journal {

inline constexpr std::string_view kCheckpointPurpose = "audit.checkpoints";

struct Checkpoint {
  // Grows from one to the next, whatever the clocks of several nodes say; so it names the checkpoint.
  Instant at{};
  // "signed": the chain ended here. "restored": a backup was brought back, and ended here; what was signed further on
  // and earlier speaks of rows that the backup did not have.
  std::string kind;
  std::int64_t position = 0;
  std::int64_t audit_id = 0;
  std::string hash;  // 32 bytes
  std::uint32_t key_number = 0;
  std::string signature;
};

Checkpoint make_checkpoint(const SigningKeys& keys, std::string_view kind, const ChainEnd& end, Instant at);
bool is_signed_well(const SigningKeys& keys, const Checkpoint& checkpoint);

std::optional<Checkpoint> find_newest_checkpoint(db::Snapshot& snapshot);
// Oldest first.
std::vector<Checkpoint> list_checkpoints_after(db::Snapshot& snapshot, Instant after, int most);
// Signs the chain's present end, later than every checkpoint before. "signed" only where there is something new;
// "restored" always. True when it did.
bool add_checkpoint(db::Transaction& tx, const SigningKeys& keys, std::string_view kind, Instant now);

// One line of the file, without its end: a JSON object with hash and signature in hexadecimal. The same checkpoint
// always gives the same line.
std::string checkpoint_line(const Checkpoint& checkpoint);
std::optional<Checkpoint> parse_checkpoint_line(std::string_view line);

}  // namespace waymark::journal
