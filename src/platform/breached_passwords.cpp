#include "platform/breached_passwords.hpp"

#include <fcntl.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::size_t kHashDigits = 2 * SHA_DIGEST_LENGTH;
// The longest line: a hash, a count of any size, and its end.
constexpr std::size_t kLineBytesMax = kHashDigits + 24;

// SHA-1 is the list's, not ours: it keeps nothing secret here.
std::string list_hash_of(std::string_view password) {
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(password.data()), password.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  return to_ascii_upper(to_hex(digest));
}

bool is_hex_digit(char symbol) {
  return (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'F') || (symbol >= 'a' && symbol <= 'f');
}

// Empty where the text doesn't begin with a hash that ends there.
std::string hash_at_start(std::string_view line) {
  const auto hash = line.substr(0, kHashDigits);
  if (hash.size() < kHashDigits || !std::ranges::all_of(hash, is_hex_digit)) return {};
  const auto rest = line.substr(kHashDigits);
  const bool ends_there = rest.empty() || rest.front() == ':' || rest.front() == '\n' || rest.front() == '\r';
  return ends_there ? to_ascii_upper(hash) : std::string();
}

[[noreturn]] void throw_error(std::string_view what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::generic_category().message(errno)));
}

}  // namespace

BreachedPasswords::BreachedPasswords(const std::string& file) : file_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ < 0) throw_error(file);
  struct stat known{};
  const bool is_file = ::fstat(file_, &known) == 0 && S_ISREG(known.st_mode);
  size_ = known.st_size;
  const auto first = is_file ? line_around(0).hash : std::string();
  const auto last = is_file && size_ > 0 ? line_around(size_ - 1).hash : std::string();
  if (first.empty() || last.empty() || last < first) {
    ::close(file_);
    throw std::runtime_error(file + ": lines of a SHA-1 in hexadecimal, in order, are expected");
  }
}

BreachedPasswords::~BreachedPasswords() { ::close(file_); }

std::string BreachedPasswords::read(std::int64_t offset, std::size_t most) const {
  std::string bytes(most, '\0');
  std::size_t got = 0;
  while (got < most) {
    const auto count = ::pread(file_, bytes.data() + got, most - got, offset + static_cast<std::int64_t>(got));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_error("the list of breached passwords");
    if (count == 0) break;
    got += static_cast<std::size_t>(count);
  }
  bytes.resize(got);
  return bytes;
}

BreachedPasswords::Line BreachedPasswords::line_around(std::int64_t offset) const {
  const auto from = std::max<std::int64_t>(0, offset - static_cast<std::int64_t>(kLineBytesMax));
  const auto bytes = read(from, 2 * kLineBytesMax);
  const auto at = static_cast<std::size_t>(offset - from);
  // A line's own end belongs to it.
  const auto before = at == 0 ? std::string::npos : bytes.rfind('\n', at - 1);
  const std::size_t begins = before == std::string::npos ? 0 : before + 1;
  const auto end = std::min(bytes.find('\n', at), bytes.size() - 1);
  return {.hash = hash_at_start(std::string_view(bytes).substr(begins, end + 1 - begins)),
          .begins_at = from + static_cast<std::int64_t>(begins),
          .ends_at = from + static_cast<std::int64_t>(end) + 1};
}

bool BreachedPasswords::contains(std::string_view password) const {
  const auto wanted = list_hash_of(password);
  for (std::int64_t begin = 0, end = size_; begin < end;) {
    const auto line = line_around(begin + (end - begin) / 2);
    if (line.hash.empty()) throw std::runtime_error("the list of breached passwords holds a line that is none of it");
    if (line.hash == wanted) return true;
    if (line.hash < wanted) {
      begin = line.ends_at;
    } else {
      end = line.begins_at;
    }
  }
  return false;
}

}  // namespace waymark
