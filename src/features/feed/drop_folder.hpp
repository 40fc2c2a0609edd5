// Feed files that the agency's own system drops into a folder: each is taken in, its report written, and both moved to
// the folder "done" in it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "features/cases/cases.hpp"

namespace waymark::feed {

// One look, in the order of the names: whole files alone, *.ndjson, no links, none whose name begins with a dot. What
// ends half-way (the database, must_stop, a crash) stays where it is, and goes on at the next look. How many were done.
// Beside DONE/MOMENT-NAME.ndjson stands MOMENT-NAME.ndjson.report: a line of JSON for each refused record, and the sums
// in the last one. Throws std::filesystem::filesystem_error when the folder can't be read or written.
int take_in_dropped(const cases::Cases& cases, const std::filesystem::path& folder,
                    const std::function<bool()>& must_stop);

// Looks again and again from a thread of its own until destroyed; then stops within a piece of a file. A failure is
// logged, and tried again.
class DropFolder {
 public:
  // `cases` must outlive it.
  DropFolder(const cases::Cases& cases, std::filesystem::path folder,
             std::chrono::milliseconds every = std::chrono::seconds{5});
  ~DropFolder();
  DropFolder(const DropFolder&) = delete;
  DropFolder& operator=(const DropFolder&) = delete;

 private:
  void run();
  bool is_stopping();

  const cases::Cases& cases_;
  const std::filesystem::path folder_;
  const std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace waymark::feed
