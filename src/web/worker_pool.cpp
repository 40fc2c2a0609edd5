#include "web/worker_pool.hpp"

#include <utility>

#include "base/assert.hpp"

namespace waymark::web {

WorkerPool::WorkerPool(unsigned threads, std::size_t waiting_max) : thread_count_(threads), waiting_max_(waiting_max) {
  WAYMARK_ASSERT(threads > 0);
}

WorkerPool::~WorkerPool() { stop(); }

void WorkerPool::start() {
  threads_.reserve(thread_count_);
  for (unsigned i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { work(); });
}

bool WorkerPool::reserve() {
  const std::scoped_lock lock(mutex_);
  // A free thread is a place too: with nobody waiting, a pool of n threads takes n jobs and then waiting_max more.
  if (is_stopped_ || waiting_ >= waiting_max_ + idle_) return false;
  ++waiting_;
  return true;
}

void WorkerPool::submit(std::unique_ptr<Job> job) {
  {
    const std::scoped_lock lock(mutex_);
    WAYMARK_ASSERT(waiting_ > 0);
    if (!is_stopped_) line_.push_back(std::move(job));
  }
  has_work_.notify_one();
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  ++idle_;
  while (true) {
    has_work_.wait(lock, [this] { return is_stopped_ || !line_.empty(); });
    if (is_stopped_) break;
    auto job = std::move(line_.front());
    line_.pop_front();
    --waiting_;
    --idle_;
    lock.unlock();
    job->run();
    job.reset();
    lock.lock();
    ++idle_;
  }
}

void WorkerPool::stop() {
  std::deque<std::unique_ptr<Job>> dropped;
  {
    const std::scoped_lock lock(mutex_);
    is_stopped_ = true;
    dropped.swap(line_);
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace waymark::web
