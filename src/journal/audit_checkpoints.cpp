#include "journal/audit_checkpoints.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"

namespace waymark::journal {
namespace {

constexpr db::Query kNewest{"audit_checkpoints.newest",
                            "SELECT at, kind, position, audit_id, hash, key_number, signature FROM audit_checkpoints "
                            "ORDER BY at DESC LIMIT 1"};
constexpr db::Query kListAfter{"audit_checkpoints.list_after",
                               "SELECT at, kind, position, audit_id, hash, key_number, signature "
                               "FROM audit_checkpoints WHERE at > $1 ORDER BY at LIMIT $2"};
constexpr db::Query kInsert{"audit_checkpoints.insert",
                            "INSERT INTO audit_checkpoints (at, kind, position, audit_id, hash, key_number, signature) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7)"};

Checkpoint checkpoint_of(const db::Row& row) {
  return {.at = row.instant(0),
          .kind = std::string(row.text(1)),
          .position = row.integer(2),
          .audit_id = row.integer(3),
          .hash = std::string(row.bytes(4)),
          .key_number = static_cast<std::uint32_t>(row.integer(5)),
          .signature = std::string(row.bytes(6))};
}

std::string signed_text(const Checkpoint& checkpoint) {
  return fmt::format("waymark audit checkpoint 1\n{}\n{}\n{}\n{}\n{}\n", checkpoint.kind, to_millis(checkpoint.at),
                     checkpoint.position, checkpoint.audit_id, to_hex(checkpoint.hash));
}

std::optional<std::string> from_hex(std::string_view text) {
  const auto digit_of = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit_of(text[i]);
    const int low = digit_of(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

}  // namespace

Checkpoint make_checkpoint(const SigningKeys& keys, std::string_view kind, const ChainEnd& end, Instant at) {
  Checkpoint checkpoint{.at = at,
                        .kind = std::string(kind),
                        .position = end.position,
                        .audit_id = end.audit_id,
                        .hash = end.hash,
                        .key_number = keys.newest(),
                        .signature = {}};
  checkpoint.signature = keys.sign(signed_text(checkpoint));
  return checkpoint;
}

bool is_signed_well(const SigningKeys& keys, const Checkpoint& checkpoint) {
  return keys.is_signed(checkpoint.key_number, signed_text(checkpoint), checkpoint.signature);
}

std::optional<Checkpoint> find_newest_checkpoint(db::Snapshot& snapshot) {
  return snapshot.find(kNewest, {}, checkpoint_of);
}

std::vector<Checkpoint> list_checkpoints_after(db::Snapshot& snapshot, Instant after, int most) {
  return snapshot.list(kListAfter, {after, most}, checkpoint_of);
}

bool add_checkpoint(db::Transaction& tx, const SigningKeys& keys, std::string_view kind, Instant now) {
  const auto newest = find_newest_checkpoint(tx);
  const auto end = find_chain_end(tx);
  if (kind == "signed" && end.position <= (newest ? newest->position : 0)) return false;
  const auto at = newest ? std::max(now, newest->at + std::chrono::milliseconds{1}) : now;
  const auto made = make_checkpoint(keys, kind, end, at);
  tx.run(kInsert, {made.at, made.kind, made.position, made.audit_id, db::Bytes{made.hash},
                   std::int64_t{made.key_number}, db::Bytes{made.signature}});
  return true;
}

std::string checkpoint_line(const Checkpoint& checkpoint) {
  boost::json::object line;
  line["at"] = to_iso(checkpoint.at);
  line["kind"] = checkpoint.kind;
  line["position"] = checkpoint.position;
  line["audit_id"] = checkpoint.audit_id;
  line["hash"] = to_hex(checkpoint.hash);
  line["key"] = checkpoint.key_number;
  line["signature"] = to_hex(checkpoint.signature);
  return boost::json::serialize(line);
}

std::optional<Checkpoint> parse_checkpoint_line(std::string_view line) {
  boost::system::error_code error;
  const auto value = boost::json::parse(line, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.as_object();
  const auto text = [&](std::string_view name) -> std::string_view {
    const auto* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string_view(found->as_string()) : std::string_view{};
  };
  const auto number = [&](std::string_view name) -> std::int64_t {
    const auto* found = object.if_contains(name);
    return found != nullptr && found->is_int64() ? found->as_int64() : -1;
  };
  const auto at = parse_iso_instant(text("at"));
  auto hash = from_hex(text("hash"));
  auto signature = from_hex(text("signature"));
  const auto key = number("key");
  if (!at || !hash || !signature || key < 0 || key > 0xFFFF'FFFF) return std::nullopt;
  return Checkpoint{.at = *at,
                    .kind = std::string(text("kind")),
                    .position = number("position"),
                    .audit_id = number("audit_id"),
                    .hash = std::move(*hash),
                    .key_number = static_cast<std::uint32_t>(key),
                    .signature = std::move(*signature)};
}

}  // namespace waymark::journal
