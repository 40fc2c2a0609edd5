#include "platform/password_hasher.hpp"

#include <sodium.h>
#include <sys/resource.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <stdexcept>
#include <thread>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/hash_memory.hpp"
#include "platform/sodium.hpp"

namespace waymark {
namespace {

constexpr std::chrono::seconds kRetryAfter{5};
// A hash takes a core for tens of milliseconds, a page for tens of microseconds: where they share a core the page goes
// first, and a full house leaves the hashes a tenth of it.
constexpr int kNiceness = 10;
// How long a thread without work keeps the memory of its last hash.
constexpr std::chrono::seconds kMemoryKept{2};

std::unexpected<Failure> refuse_busy() {
  return refuse(
      Failure{.kind = FailureKind::unavailable, .message = {"web.error.busy", {}}, .retry_after = kRetryAfter});
}

std::string hash_now(std::string_view password, const PasswordHashCost& cost) {
  char encoded[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str_alg(encoded, password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("a password could not be hashed: out of memory");
  }
  return encoded;
}

bool verify_now(std::string_view password, const std::string& encoded) {
  return encoded.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(encoded.c_str(), password.data(), password.size()) == 0;
}

struct Recipe {
  PasswordHashCost cost{};
  std::string salt{};
};

// "argon2id m=19456 t=2 AAECAwQFBgcICQoLDA0ODw": KiB, passes, salt.
Recipe read_recipe(std::string_view text) {
  const auto parts = split(text, ' ');
  const auto number = [&](std::size_t at, std::string_view name) -> std::int64_t {
    if (parts.size() != 4 || !parts[at].starts_with(name)) return 0;
    return parse_integer(parts[at].substr(name.size())).value_or(0);
  };
  const auto memory_kib = number(1, "m="), passes = number(2, "t=");
  const auto salt = parts.size() == 4 ? from_base64url(parts[3]) : std::nullopt;
  if (parts[0] != "argon2id" || memory_kib <= 0 || passes <= 0 || !salt || salt->size() != crypto_pwhash_SALTBYTES) {
    throw std::runtime_error("a recipe for hashing secrets is damaged");
  }
  return {
      .cost = {.memory_bytes = static_cast<std::size_t>(memory_kib) * 1024, .passes = static_cast<unsigned>(passes)},
      .salt = *salt};
}

std::string derive_now(std::string_view secret, const Recipe& recipe) {
  std::string derived(32, '\0');
  if (crypto_pwhash(reinterpret_cast<unsigned char*>(derived.data()), derived.size(), secret.data(), secret.size(),
                    reinterpret_cast<const unsigned char*>(recipe.salt.data()), recipe.cost.passes,
                    recipe.cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("a secret could not be hashed: out of memory");
  }
  return derived;
}

std::string make_decoy(const PasswordHashCost& cost) {
  start_sodium();
  char unknown[32];
  randombytes_buf(unknown, sizeof unknown);
  return hash_now({unknown, sizeof unknown}, cost);
}

}  // namespace

// Threads that take jobs from a line. A job lives on its caller's stack: the caller stays until it is done, or takes
// it out of the line again.
struct PasswordHasher::Pool {
  struct Job {
    std::function<void()> work;
    bool is_started = false;
    bool is_done = false;
    std::exception_ptr error{};
    std::condition_variable changed{};
  };

  Pool(unsigned thread_count, std::size_t most_waiting, std::chrono::milliseconds longest_wait)
      : waiting_max(most_waiting), wait_max(longest_wait) {
    WAYMARK_ASSERT(thread_count > 0);
    idle = thread_count;
    for (unsigned i = 0; i < thread_count; ++i) threads.emplace_back([this] { take_jobs(); });
  }

  ~Pool() {
    {
      const std::scoped_lock lock(mutex);
      is_stopping = true;
    }
    work_came.notify_all();
    for (auto& thread : threads) thread.join();
  }

  // False when the line is full, or the job was not begun within wait_max.
  bool run(std::function<void()> work) {
    Job job{.work = std::move(work)};
    std::unique_lock lock(mutex);
    if (line.size() >= waiting_max + idle) return false;
    line.push_back(&job);
    work_came.notify_one();
    if (!job.changed.wait_for(lock, wait_max, [&] { return job.is_started; })) {
      std::erase(line, &job);
      return false;
    }
    job.changed.wait(lock, [&] { return job.is_done; });
    if (job.error) std::rethrow_exception(job.error);
    return true;
  }

  void take_jobs() {
    // On Linux both are of this thread alone. Where it is refused, hashing goes on as it is.
    static_cast<void>(setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + kNiceness));
    HashMemory memory;
    std::unique_lock lock(mutex);
    const auto has_news = [&] { return is_stopping || !line.empty(); };
    for (;;) {
      if (!work_came.wait_for(lock, kMemoryKept, has_news)) {
        memory.release();
        work_came.wait(lock, has_news);
      }
      if (line.empty()) return;
      Job& job = *line.front();
      line.pop_front();
      --idle;
      job.is_started = true;
      job.changed.notify_one();
      lock.unlock();
      std::exception_ptr error;
      try {
        const HashMemory::Use use(memory);
        job.work();
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      ++idle;
      job.error = error;
      job.is_done = true;
      job.changed.notify_one();  // under the lock: the caller frees the job as soon as it can look
    }
  }

  const std::size_t waiting_max;
  const std::chrono::milliseconds wait_max;
  std::mutex mutex;
  std::condition_variable work_came;
  std::deque<Job*> line;
  std::size_t idle = 0;
  bool is_stopping = false;
  std::vector<std::jthread> threads;
};

PasswordHasher::PasswordHasher(PasswordHashCost cost, unsigned threads, std::size_t waiting_max,
                               std::chrono::milliseconds wait_max)
    : pool_(std::make_unique<Pool>(threads, waiting_max, wait_max)), cost_(cost), decoy_(make_decoy(cost)) {}

PasswordHasher::~PasswordHasher() = default;

Result<std::string> PasswordHasher::hash(std::string_view password) {
  std::string encoded;
  if (!pool_->run([&] { encoded = hash_now(password, cost_); })) return refuse_busy();
  return encoded;
}

Result<bool> PasswordHasher::is_right(std::string_view password, std::string_view encoded) {
  const bool is_known = !encoded.empty();
  const std::string compared = is_known ? std::string(encoded) : decoy_;
  bool matches = false;
  if (!pool_->run([&] { matches = verify_now(password, compared); })) return refuse_busy();
  return matches && is_known;
}

bool PasswordHasher::needs_rehash(std::string_view encoded) const {
  const std::string terminated(encoded);
  return terminated.size() >= crypto_pwhash_STRBYTES ||
         crypto_pwhash_str_needs_rehash(terminated.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

std::string PasswordHasher::make_recipe() const {
  std::string salt(crypto_pwhash_SALTBYTES, '\0');
  randombytes_buf(salt.data(), salt.size());
  return fmt::format("argon2id m={} t={} {}", cost_.memory_bytes / 1024, cost_.passes, to_base64url(salt));
}

Result<std::string> PasswordHasher::derive(std::string_view secret, std::string_view recipe) {
  const auto read = read_recipe(recipe);
  std::string derived;
  if (!pool_->run([&] { derived = derive_now(secret, read); })) return refuse_busy();
  return derived;
}

}  // namespace waymark
