// Threads for what may wait, and a line of bounded length before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace waymark::web {

class WorkerPool {
 public:
  class Job {
   public:
    virtual ~Job() = default;
    virtual void run() noexcept = 0;
  };

  WorkerPool(unsigned threads, std::size_t waiting_max);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void start();
  // A place in the line, to be used by exactly one submit(). False: the line is full, or the pool has stopped.
  bool reserve();
  void submit(std::unique_ptr<Job> job);
  // Drops (destroys) what waits, finishes what runs.
  void stop();

 private:
  void work();

  const unsigned thread_count_;
  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<std::unique_ptr<Job>> line_;
  std::size_t waiting_ = 0;  // in the line, or reserved
  std::size_t idle_ = 0;     // threads without a job
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace waymark::web
