// Reading and writing the key file of platform/keys.hpp.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/keys.hpp"

namespace waymark {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kFileBytesMax = 64 * 1024;

class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view reason) {
  throw std::runtime_error(fmt::format("key file {}: {}", file.string(), reason));
}

[[noreturn]] void fail_with_errno(const std::filesystem::path& file, std::string_view step) {
  const int error = errno;
  fail(file, fmt::format("{}: {}", step, std::strerror(error)));
}

bool is_service_credential(const std::filesystem::path& file) {
  const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
  return folder != nullptr && file.parent_path() == std::filesystem::path(folder);
}

std::string read_private_file(const std::filesystem::path& file) {
  const OpenFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) fail_with_errno(file, "cannot be opened");
  struct stat status{};
  if (::fstat(opened.get(), &status) != 0) fail_with_errno(file, "cannot be examined");
  if (!S_ISREG(status.st_mode)) fail(file, "is not a plain file");
  const mode_t forbidden = is_service_credential(file) ? S_IRWXO | S_IWGRP | S_IXGRP : S_IRWXO | S_IRWXG;
  if ((status.st_mode & forbidden) != 0) fail(file, "can be read by others; set its mode to 0600");
  std::string content;
  char part[4096];
  for (;;) {
    const auto got = ::read(opened.get(), part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_with_errno(file, "cannot be read");
    if (got == 0) return content;
    content.append(part, static_cast<std::size_t>(got));
    if (content.size() > kFileBytesMax) fail(file, "is too long to be a key file");
  }
}

void write_all(int descriptor, std::string_view content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_with_errno(file, "cannot be written");
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string load_key(std::string_view encoded, const std::filesystem::path& file, std::size_t line) {
  auto bytes = from_base64(encoded);
  if (!bytes || bytes->size() != kKeyBytes) fail(file, fmt::format("line {} holds no 32-byte key", line));
  return std::move(*bytes);
}

void add_root(KeyRing& keys, const std::vector<std::string_view>& words, const std::filesystem::path& file,
              std::size_t line) {
  const auto number = parse_integer(words[1]);
  if (!number || *number < 1 || *number > 0xFFFF'FFFF) fail(file, fmt::format("line {} has no key number", line));
  if (!keys.roots.empty() && *number <= std::int64_t{keys.roots.back().number}) {
    fail(file, fmt::format("line {}: root keys must be in rising order", line));
  }
  keys.roots.push_back({.number = static_cast<std::uint32_t>(*number), .bytes = load_key(words[2], file, line)});
}

std::string to_text(const KeyRing& keys) {
  std::string text =
      "# Waymark's secret keys. Without them nothing sealed can be read. Keep a copy apart from the backups.\n";
  for (const auto& root : keys.roots) text += fmt::format("root {} {}\n", root.number, to_base64(root.bytes));
  return text + fmt::format("lookup {}\n", to_base64(keys.lookup_root));
}

void sync_folder(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0) fail_with_errno(file, "its folder cannot be synced");
}

}  // namespace

KeyRing load_keys(const std::filesystem::path& file) {
  const auto content = read_private_file(file);
  KeyRing keys;
  std::size_t number = 0;
  for (const auto raw : split(content, '\n')) {
    ++number;
    const auto line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    const auto words = split(line, ' ');
    if (words.size() == 3 && words[0] == "root") {
      add_root(keys, words, file, number);
    } else if (words.size() == 2 && words[0] == "lookup" && keys.lookup_root.empty()) {
      keys.lookup_root = load_key(words[1], file, number);
    } else {
      fail(file, fmt::format("line {} is not understood", number));
    }
  }
  if (keys.roots.empty()) fail(file, "has no root key");
  if (keys.lookup_root.empty()) fail(file, "has no lookup key");
  return keys;
}

void save_keys(const std::filesystem::path& file, const KeyRing& keys) {
  WAYMARK_ASSERT(!keys.roots.empty() && keys.lookup_root.size() == kKeyBytes);
  std::string draft = file.string() + ".XXXXXX";
  const OpenFile opened(::mkostemp(draft.data(), O_CLOEXEC));  // made with mode 0600
  if (opened.get() < 0) fail_with_errno(file, "cannot be made");
  try {
    write_all(opened.get(), to_text(keys), file);
    if (::fsync(opened.get()) != 0) fail_with_errno(file, "cannot be synced");
    if (::rename(draft.c_str(), file.c_str()) != 0) fail_with_errno(file, "cannot be put in place");
  } catch (...) {
    ::unlink(draft.c_str());
    throw;
  }
  sync_folder(file);
}

}  // namespace waymark
