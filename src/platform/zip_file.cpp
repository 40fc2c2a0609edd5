#include "platform/zip_file.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <memory>
#include <stdexcept>

namespace waymark {
namespace {

[[noreturn]] void fail(std::string_view step) { throw std::runtime_error(fmt::format("a ZIP file: {} failed", step)); }

std::string read_all(zip_source_t* source) {
  if (zip_source_open(source) != 0) fail("reading");
  std::string bytes;
  char part[16 * 1024];
  zip_int64_t got = 0;
  while ((got = zip_source_read(source, part, sizeof part)) > 0) bytes.append(part, static_cast<std::size_t>(got));
  zip_source_close(source);
  if (got < 0) fail("reading");
  return bytes;
}

}  // namespace

std::string make_zip(const std::vector<ZipEntry>& entries, Instant at) {
  zip_source_t* const made = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  if (made == nullptr) fail("beginning");
  const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> target(made, zip_source_free);
  zip_t* const opened = zip_open_from_source(target.get(), ZIP_TRUNCATE, nullptr);
  if (opened == nullptr) fail("beginning");
  std::unique_ptr<zip_t, void (*)(zip_t*)> archive(opened, zip_discard);
  zip_source_keep(target.get());  // closing or discarding the archive lets go of one hold; ours stays
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
  for (const auto& entry : entries) {
    zip_source_t* const content = zip_source_buffer(archive.get(), entry.content.data(), entry.content.size(), 0);
    if (content == nullptr) fail("taking a file in");
    const auto index = zip_file_add(archive.get(), entry.name.c_str(), content, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(content);
      fail("taking a file in");
    }
    zip_file_set_mtime(archive.get(), static_cast<zip_uint64_t>(index), static_cast<time_t>(seconds), 0);
  }
  if (zip_close(archive.get()) != 0) fail("writing");
  archive.release();
  return read_all(target.get());
}

}  // namespace waymark
