#include "web/worker_pool.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

namespace waymark::web {
namespace {

class Call final : public WorkerPool::Job {
 public:
  explicit Call(std::function<void()> what, std::atomic<int>* destroyed = nullptr)
      : what_(std::move(what)), destroyed_(destroyed) {}
  ~Call() override {
    if (destroyed_ != nullptr) ++*destroyed_;
  }
  void run() noexcept override { what_(); }

 private:
  std::function<void()> what_;
  std::atomic<int>* destroyed_;
};

TEST(WorkerPool, RunsWhatIsSubmitted) {
  WorkerPool pool(2, 100);
  pool.start();
  std::latch done(100);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(pool.reserve());
    pool.submit(std::make_unique<Call>([&] { done.count_down(); }));
  }
  done.wait();
}

TEST(WorkerPool, RefusesWhenTheLineIsFull) {
  WorkerPool pool(1, 2);
  EXPECT_TRUE(pool.reserve());
  EXPECT_TRUE(pool.reserve());
  EXPECT_FALSE(pool.reserve());
}

TEST(WorkerPool, GivesThePlaceBackWhenAJobRuns) {
  WorkerPool pool(1, 1);
  pool.start();
  std::latch release(1);
  std::latch is_running(1);
  ASSERT_TRUE(pool.reserve());
  pool.submit(std::make_unique<Call>([&] {
    is_running.count_down();
    release.wait();
  }));
  is_running.wait();
  EXPECT_TRUE(pool.reserve());   // waits
  EXPECT_FALSE(pool.reserve());  // one too many
  std::latch done(1);
  pool.submit(std::make_unique<Call>([&] { done.count_down(); }));
  release.count_down();
  done.wait();
}

TEST(WorkerPool, StopFinishesWhatRunsAndDropsWhatWaits) {
  std::atomic<int> finished{0};
  std::atomic<int> destroyed{0};
  std::latch is_running(1);
  WorkerPool pool(1, 10);
  pool.start();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(pool.reserve());
    pool.submit(std::make_unique<Call>(
        [&, i] {
          if (i == 0) is_running.count_down();
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          ++finished;
        },
        &destroyed));
  }
  is_running.wait();
  pool.stop();
  EXPECT_EQ(finished, 1);
  EXPECT_EQ(destroyed, 5);
  EXPECT_FALSE(pool.reserve());
}

}  // namespace
}  // namespace waymark::web
