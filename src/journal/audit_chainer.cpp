#include "journal/audit_chainer.hpp"

#include "journal/lease.hpp"
#include "platform/log.hpp"

namespace waymark::journal {
namespace {

constexpr std::string_view kLease = "audit_chainer";
constexpr std::chrono::milliseconds kLeaseLength{5000};
constexpr std::chrono::seconds kRoundEvery{1};
constexpr std::chrono::seconds kSignEvery{10};

}  // namespace

AuditChainer::AuditChainer(const Parts& parts)
    : parts_(parts),
      signing_keys_(parts.keys, kCheckpointPurpose),
      outside_(parts.outside_copy),
      chained_(parts.metrics.counter("waymark_audit_chained_total", "Rows of the audit trail that got their place")),
      signed_(parts.metrics.counter("waymark_audit_checkpoints_total", "Signed ends of the audit trail's chain")),
      copy_failed_(parts.metrics.counter("waymark_audit_copy_failed_total",
                                         "Tries to copy checkpoints outside of the database that failed")) {}

AuditChainer::~AuditChainer() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void AuditChainer::start() {
  thread_ = std::thread([this] { run(); });
}

void AuditChainer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const bool is_last = stopping_;
    lock.unlock();
    try {
      round(is_last);
    } catch (const std::exception& error) {
      log(LogLevel::error, "audit.round_failed", {{"reason", std::string_view{error.what()}}});
    }
    if (is_last) return;
    lock.lock();
    woken_.wait_for(lock, kRoundEvery, [this] { return stopping_; });
  }
}

void AuditChainer::round(bool is_last) {
  const bool is_ours = chain_waiting().has_value();
  if (is_ours) sign_end(is_last);
  copy_outside();
  if (!is_last || !is_ours) return;
  parts_.database.write([&](db::Transaction& tx) { give_up_lease(tx, kLease, parts_.holder); }, db::Urgency::bulk);
}

std::optional<int> AuditChainer::chain_waiting() {
  int all = 0;
  // Through the line by id, and from its beginning again until nothing is left: what a transaction of a lower id
  // committed meanwhile. Not from the beginning each time: PostgreSQL would look at all that has left the line since.
  std::int64_t after = 0;
  while (after != 0 || has_waiting(*parts_.database.snapshot())) {
    std::vector<std::string> salts(kChainedATurn);
    for (auto& salt : salts) salt = parts_.random.bytes(kSaltBytes);
    const auto now = parts_.clock.now();
    const auto chained = parts_.database.write(
        [&](db::Transaction& tx) -> std::optional<Chained> {
          if (!take_lease(tx, kLease, parts_.holder, now, kLeaseLength)) return std::nullopt;
          return append_waiting(tx, salts, after);
        },
        db::Urgency::bulk);
    if (!chained) return std::nullopt;
    chained_.add(static_cast<double>(chained->count));
    all += static_cast<int>(chained->count);
    after = chained->count == 0 ? 0 : chained->last;
  }
  return all;
}

bool AuditChainer::sign_end(bool is_urgent) {
  const auto now = parts_.clock.now();
  if (!is_urgent && signed_at_ && now >= *signed_at_ && now - *signed_at_ < kSignEvery) return false;
  {
    const auto snapshot = parts_.database.snapshot();
    const auto newest = find_newest_checkpoint(*snapshot);
    if (find_chain_end(*snapshot).position <= (newest ? newest->position : 0)) return false;
  }
  const bool was_signed = parts_.database.write(
      [&](db::Transaction& tx) {
        return take_lease(tx, kLease, parts_.holder, now, kLeaseLength) &&
               add_checkpoint(tx, signing_keys_, "signed", now);
      },
      db::Urgency::bulk);
  signed_at_ = now;
  if (was_signed) signed_.add();
  return was_signed;
}

// The chain goes on without its copy: the next round brings what is missing.
void AuditChainer::copy_outside() {
  try {
    outside_.catch_up(parts_.database);
    has_failed_to_copy_ = false;
  } catch (const std::runtime_error& error) {
    copy_failed_.add();
    if (!has_failed_to_copy_) log(LogLevel::error, "audit.copy_failed", {{"reason", std::string_view{error.what()}}});
    has_failed_to_copy_ = true;
  }
}

}  // namespace waymark::journal
