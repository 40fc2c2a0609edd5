#include "features/feed/drop_folder.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "features/feed/import_feed.hpp"
#include "platform/log.hpp"

namespace waymark::feed {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDone = "done";

std::vector<fs::path> list_dropped(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const bool is_file = entry.symlink_status().type() == fs::file_type::regular;
    if (is_file && name.ends_with(".ndjson") && !name.starts_with('.')) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void write_line(std::ofstream& report, const boost::json::object& line) {
  report << boost::json::serialize(line) << '\n';
  report.flush();
}

void take_in(const cases::Cases& cases, const fs::path& file, const fs::path& done,
             const std::function<bool()>& must_stop) {
  const auto name = fmt::format("{}-{}", to_iso(cases.parts().clock.now()), file.filename().string());
  const auto report_file = done / (name + ".report");
  std::ofstream report(report_file, std::ios::binary);
  const auto summary = import_feed(
      cases, file,
      [&report](const RefusedRecord& refused) {
        write_line(
            report,
            {{"line", refused.line}, {"record", refused.record}, {"field", refused.field}, {"reason", refused.reason}});
      },
      {.prefixes = {}, .sender = {}, .must_stop = must_stop});
  write_line(report, {{"lines", summary.lines},
                      {"went_in", summary.went_in},
                      {"known", summary.known},
                      {"refused", summary.refused},
                      {"waiting", summary.waiting}});
  if (!report) throw fs::filesystem_error("the report can't be written", std::make_error_code(std::errc::io_error));
  fs::rename(file, done / name);
}

}  // namespace

int take_in_dropped(const cases::Cases& cases, const fs::path& folder, const std::function<bool()>& must_stop) {
  const auto done = folder / kDone;
  fs::create_directories(done);
  int count = 0;
  for (const auto& file : list_dropped(folder)) {
    if (must_stop && must_stop()) break;
    try {
      take_in(cases, file, done, must_stop);
    } catch (const ImportStopped&) {
      break;
    }
    ++count;
  }
  return count;
}

DropFolder::DropFolder(const cases::Cases& cases, fs::path folder, std::chrono::milliseconds every)
    : cases_(cases), folder_(std::move(folder)), every_(every), thread_([this] { run(); }) {}

DropFolder::~DropFolder() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

bool DropFolder::is_stopping() {
  const std::scoped_lock lock(mutex_);
  return stopping_;
}

void DropFolder::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      take_in_dropped(cases_, folder_, [this] { return is_stopping(); });
    } catch (const std::exception&) {
      // What it says may name a file, and so a person.
      log(LogLevel::error, "feed.drop_failed");
    }
    lock.lock();
    stopped_.wait_for(lock, every_, [this] { return stopping_; });
  }
}

}  // namespace waymark::feed
