#include "features/accounts/throttle/throttle.hpp"

#include <algorithm>
#include <exception>

#include "base/assert.hpp"
#include "features/accounts/throttle/throttle_store.hpp"
#include "platform/log.hpp"

namespace waymark::accounts {
namespace {

constexpr int kWaits = 40;
constexpr std::chrono::milliseconds kWait{50};

void settle_as_right(ThrottleRow& row, const Limit& limit, Instant) { settle_right(row, limit); }
void settle_as_given_back(ThrottleRow& row, const Limit&, Instant) { give_back(row); }

std::unexpected<Failure> too_many(std::string_view key, std::chrono::milliseconds wait) {
  Failure failure{.kind = FailureKind::too_many, .message = {std::string(key), {}}};
  failure.retry_after = std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(wait));
  return std::unexpected(std::move(failure));
}

}  // namespace

TryPlace::TryPlace(Throttle& throttle, const Limit& limit, std::string key_hash)
    : throttle_(&throttle),
      exceptions_before_(std::uncaught_exceptions()),
      limit_(&limit),
      key_hash_(std::move(key_hash)) {}

TryPlace::TryPlace(TryPlace&& other) noexcept
    : throttle_(std::exchange(other.throttle_, nullptr)),
      settled_by_(std::exchange(other.settled_by_, nullptr)),
      exceptions_before_(other.exceptions_before_),
      limit_(other.limit_),
      key_hash_(std::move(other.key_hash_)) {}

TryPlace::~TryPlace() {
  if (throttle_ == nullptr || std::uncaught_exceptions() > exceptions_before_) return;
  try {
    wrong();
  } catch (const std::exception&) {
    // The place lapses as a wrong try by itself.
    log(LogLevel::warning, "accounts.try_place_left");
  }
}

// Also after one of the …_in, whose transaction did not come to be: it was rolled back and run again, with another end.
Throttle& TryPlace::take() {
  auto* throttle = throttle_ != nullptr ? throttle_ : settled_by_;
  WAYMARK_ASSERT(throttle != nullptr);
  throttle_ = nullptr;
  settled_by_ = nullptr;
  return *throttle;
}

void TryPlace::right() { take().settle(*limit_, key_hash_, settle_as_right); }
void TryPlace::give_back() { take().settle(*limit_, key_hash_, settle_as_given_back); }
void give_back_all(std::vector<TryPlace>& places) {
  for (auto& place : places) place.give_back();
}
bool TryPlace::wrong() {
  bool was_last = false;
  take().settle(*limit_, key_hash_,
                [&](ThrottleRow& row, const Limit& limit, Instant now) { was_last = settle_wrong(row, limit, now); });
  return was_last;
}

// A unit may run twice: by the second time this place is lent already, and the row still holds it.
Throttle& TryPlace::lend() {
  if (throttle_ != nullptr) settled_by_ = std::exchange(throttle_, nullptr);
  WAYMARK_ASSERT(settled_by_ != nullptr);
  return *settled_by_;
}

void TryPlace::right_in(db::Transaction& tx, Instant now) {
  lend().settle_in(tx, *limit_, key_hash_, now, settle_as_right);
}
void TryPlace::give_back_in(db::Transaction& tx, Instant now) {
  lend().settle_in(tx, *limit_, key_hash_, now, settle_as_given_back);
}
bool TryPlace::wrong_in(db::Transaction& tx, Instant now) {
  bool was_last = false;
  lend().settle_in(tx, *limit_, key_hash_, now,
                   [&](ThrottleRow& row, const Limit& limit, Instant at) { was_last = settle_wrong(row, limit, at); });
  return was_last;
}

Throttle::Throttle(db::Database& database, const Clock& clock, const KeyRing& keys)
    : database_(database), clock_(clock), hash_(keys, "accounts.throttle") {}

std::string Throttle::key_hash(const Limit& limit, std::string_view subject) const {
  return hash_.of(fmt::format("{}:{}", limit.purpose, subject));
}

std::string Throttle::owner_hash(std::string_view belongs_to) const {
  return belongs_to.empty() ? std::string() : hash_.of(fmt::format("belongs to:{}", belongs_to));
}

struct Throttle::Answer {
  Admission admission = Admission::admitted;
  std::size_t refused_by = 0;  // which of the wanted, when not admitted
  std::optional<Instant> locked_until{};
};

Throttle::Answer Throttle::admit_all(db::Transaction& tx, std::initializer_list<Wanted> wanted,
                                     const std::vector<std::string>& keys, const std::vector<std::string>& owners,
                                     Instant now) const {
  std::vector<ThrottleRow> rows;
  for (const auto& one : wanted) {
    auto row = lock_throttle_row(tx, keys[rows.size()], one.limit.purpose, owners[rows.size()]);
    const auto admission = admit(row, one.limit, now);
    if (admission != Admission::admitted) {
      // What time has changed stays changed: a lock that lapsed places brought about must begin once.
      save_throttle_row(tx, keys[rows.size()], one.limit.purpose, row, forget_at(row, one.limit, now));
      return {admission, rows.size(), row.locked_until};
    }
    rows.push_back(row);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& limit = wanted.begin()[i].limit;
    save_throttle_row(tx, keys[i], limit.purpose, rows[i], forget_at(rows[i], limit, now));
  }
  return {};
}

Result<TryPlace> Throttle::reserve(const Limit& limit, std::string_view subject, std::string_view refusal) {
  auto places = reserve_all({{limit, subject, refusal}});
  if (!places) return refuse(places.error());
  return std::move(places->front());
}

Result<std::vector<TryPlace>> Throttle::reserve_all(std::initializer_list<Wanted> wanted) {
  std::vector<std::string> keys, owners;
  for (const auto& one : wanted) {
    keys.push_back(key_hash(one.limit, one.subject));
    owners.push_back(owner_hash(one.belongs_to));
  }
  for (int waited = 0;; ++waited) {
    const auto now = clock_.now();
    const auto answer = database_.write([&](db::Transaction& tx) { return admit_all(tx, wanted, keys, owners, now); });
    if (answer.admission == Admission::admitted) {
      std::vector<TryPlace> places;
      places.reserve(keys.size());
      for (const auto& one : wanted) places.push_back(TryPlace(*this, one.limit, keys[places.size()]));
      return places;
    }
    const auto& [limit, subject, refusal, belongs_to] = wanted.begin()[answer.refused_by];
    if (answer.admission == Admission::locked) {
      const bool is_for_good = limit.lock.count() == 0 && limit.window.count() == 0;
      if (is_for_good) return refuse(FailureKind::forbidden, std::string(refusal));
      return too_many(refusal, *answer.locked_until - now);
    }
    if (waited == kWaits) return too_many(refusal, std::chrono::seconds{2});
    std::unique_lock lock(mutex_);
    place_freed_.wait_for(lock, kWait);
  }
}

Result<void> Throttle::count(const Limit& limit, std::string_view subject, std::string_view refusal) {
  const auto key = key_hash(limit, subject);
  const auto now = clock_.now();
  ThrottleRow row;
  const bool counted = database_.write([&](db::Transaction& tx) {
    row = lock_throttle_row(tx, key, limit.purpose);
    const bool admitted = count_event(row, limit, now);
    save_throttle_row(tx, key, limit.purpose, row, forget_at(row, limit, now));
    return admitted;
  });
  if (!counted) return too_many(refusal, *row.locked_until - now);
  return {};
}

std::optional<Instant> Throttle::find_locked_until(db::Snapshot& snapshot, const Limit& limit,
                                                   std::string_view subject) const {
  auto row = read_throttle_row(snapshot, key_hash(limit, subject), limit.purpose);
  let_time_pass(row, limit, clock_.now());
  return row.locked_until;
}

std::int64_t Throttle::count_failures(db::Snapshot& snapshot, const Limit& limit, std::string_view subject) const {
  auto row = read_throttle_row(snapshot, key_hash(limit, subject), limit.purpose);
  let_time_pass(row, limit, clock_.now());
  return row.failures;
}

void Throttle::clear(db::Transaction& tx, const Limit& limit, std::string_view subject) const {
  delete_throttle_row(tx, key_hash(limit, subject), limit.purpose);
}

void Throttle::clear_all_of(db::Transaction& tx, const Limit& limit, std::string_view belongs_to) const {
  delete_throttle_rows_of(tx, owner_hash(belongs_to), limit.purpose);
}

void Throttle::clear_if_open(db::Transaction& tx, const Limit& limit, std::string_view subject) const {
  const auto key = key_hash(limit, subject);
  auto row = lock_throttle_row(tx, key, limit.purpose);
  if (row.locked_until) return;
  // Tries that are being checked just now keep their places.
  row.failures = 0;
  row.window_started_at.reset();
  save_throttle_row(tx, key, limit.purpose, row, forget_at(row, limit, clock_.now()));
}

void Throttle::settle(const Limit& limit, const std::string& key, const Settling& how) {
  const auto now = clock_.now();
  database_.write([&](db::Transaction& tx) { settle_in(tx, limit, key, now, how); });
  place_freed_.notify_all();
}

void Throttle::settle_in(db::Transaction& tx, const Limit& limit, const std::string& key, Instant now,
                         const Settling& how) const {
  auto row = lock_throttle_row(tx, key, limit.purpose);
  how(row, limit, now);
  save_throttle_row(tx, key, limit.purpose, row, forget_at(row, limit, now));
}

}  // namespace waymark::accounts
