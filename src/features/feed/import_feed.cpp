#include "features/feed/import_feed.hpp"

#include <algorithm>
#include <fstream>
#include <future>

#include "features/feed/import_turns.hpp"
#include "features/feed/piece.hpp"
#include "platform/keys.hpp"
#include "platform/log.hpp"

namespace waymark::feed {
namespace {

// One hash over the hashes of the file's parts: no more than a part is in memory.
std::string hash_of(std::istream& stream) {
  std::string hash, part(1024 * 1024, '\0');
  while (stream) {
    stream.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto got = static_cast<std::size_t>(stream.gcount());
    hash = sha256(hash + sha256(std::string_view(part).substr(0, got)));
  }
  if (stream.bad()) throw std::runtime_error("feed import: the file can't be read to its end");
  return hash;
}

void skip_lines(LineSource& source, std::int64_t count) {
  std::string_view line;
  while (count-- > 0 && source.next(line) != LineSource::Next::end) {
  }
}

FeedSummary import_lines(const cases::Cases& cases, std::istream& stream, const ReportRefused& report,
                         std::optional<Batch> batch, const FeedScope& scope = {}) {
  const RecordReader reader(cases.parts().catalogue, cases.parts().keys);
  LineSource source(stream);
  FeedSummary summary;
  summary.was_resumed = batch && batch->progress != Progress{};
  ImportTurns turns(cases, reader, report, batch);
  auto lines = turns.progress().lines_done;
  skip_lines(source, lines);

  // The next piece is read and checked while this one is written.
  const auto read_after = [&](std::int64_t line_before) {
    return std::async(std::launch::async,
                      [&, line_before] { return read_piece(cases, reader, source, line_before, scope); });
  };
  auto next = read_after(lines);
  for (;;) {
    auto piece = next.get();
    if (piece.lines == 0) break;
    lines += piece.lines;
    next = read_after(lines);
    turns.take_in(piece);
    if (scope.must_stop && scope.must_stop()) throw ImportStopped();
  }
  turns.finish();

  const auto& progress = turns.progress();
  summary.lines = lines;
  summary.went_in = progress.went_in;
  summary.known = progress.known;
  summary.refused = progress.refused;
  summary.waiting = count_held(*cases.parts().database.snapshot());
  log(LogLevel::info, "feed.imported",
      {{"lines", summary.lines},
       {"went_in", summary.went_in},
       {"known", summary.known},
       {"refused", summary.refused},
       {"waiting", summary.waiting}});
  return summary;
}

}  // namespace

bool FeedScope::allows(std::string_view receipt_number) const {
  return prefixes.empty() ||
         std::ranges::any_of(prefixes, [&](const std::string& prefix) { return receipt_number.starts_with(prefix); });
}

std::string hash_of_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("feed import: can't open " + file.string());
  return hash_of(stream);
}

FeedSummary import_feed(const cases::Cases& cases, const std::filesystem::path& file, const ReportRefused& report,
                        const FeedScope& scope) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("feed import: can't open " + file.string());
  auto hash = hash_of(stream);
  if (!scope.sender.empty()) hash = sha256(hash + scope.sender);
  stream.clear();
  stream.seekg(0);
  const auto& parts = cases.parts();
  const auto id = parts.ids.next<BatchId>();
  const auto now = parts.clock.now();
  const auto batch = parts.database.write([&](db::Transaction& tx) { return open_batch(tx, id, hash, now); });
  return import_lines(cases, stream, report, batch, scope);
}

FeedSummary import_feed(const cases::Cases& cases, std::istream& stream, const ReportRefused& report) {
  return import_lines(cases, stream, report, std::nullopt);
}

}  // namespace waymark::feed
