#include "base/email.hpp"

#include <unicode/idna.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::size_t kAddressBytesMax = 254;  // RFC 5321 section 4.5.3.1.3, less the angle brackets
constexpr std::size_t kLocalBytesMax = 64;     // section 4.5.3.1.1
constexpr std::size_t kLabelBytesMax = 63;     // RFC 1035 section 2.3.4

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// RFC 5322 section 3.2.3.
bool is_atom_text(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view local) {
  if (local.empty() || local.size() > kLocalBytesMax) return false;
  for (const auto atom : split(local, '.')) {
    if (atom.empty() || !std::all_of(atom.begin(), atom.end(), is_atom_text)) return false;
  }
  return true;
}

bool is_host_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelBytesMax || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

bool is_host_name(std::string_view domain) {
  const auto labels = split(domain, '.');
  if (labels.size() < 2 || !std::all_of(labels.begin(), labels.end(), is_host_label)) return false;
  const auto top = labels.back();
  return top.size() >= 2 && !std::all_of(top.begin(), top.end(), is_digit);  // not an IPv4 address
}

// True when the IDNA mapping would turn one of the domain's non-ASCII characters into an ASCII one, or into nothing:
// the Kelvin sign into "k", a full-width dot into ".", a soft hyphen into nothing. The result would be the domain of
// somebody else.
bool has_disguised_ascii(const icu::UnicodeString& domain) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* mapping = icu::Normalizer2::getInstance(nullptr, "uts46", UNORM2_COMPOSE, status);
  if (U_FAILURE(status)) return true;
  for (std::int32_t at = 0; at < domain.length(); at = domain.moveIndex32(at, 1)) {
    const UChar32 c = domain.char32At(at);
    if (c < 0x80) continue;
    const auto mapped = mapping->normalize(icu::UnicodeString(c), status);
    if (U_FAILURE(status) || mapped.isEmpty()) return true;
    for (std::int32_t i = 0; i < mapped.length(); ++i) {
      if (mapped.charAt(i) < 0x80) return true;
    }
  }
  return false;
}

// The ASCII form of a domain by UTS 46, non-transitional; also proves that xn-- labels are what they say.
std::optional<std::string> to_ascii_domain(std::string_view domain) {
  if (!is_valid_utf8(domain)) return std::nullopt;
  const auto name =
      icu::UnicodeString::fromUTF8(icu::StringPiece(domain.data(), static_cast<std::int32_t>(domain.size())));
  if (has_disguised_ascii(name)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<const icu::IDNA> idna(icu::IDNA::createUTS46Instance(
      UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, status));
  if (U_FAILURE(status)) return std::nullopt;
  icu::IDNAInfo info;
  icu::UnicodeString ascii;
  idna->nameToASCII(name, ascii, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  std::string out;
  return ascii.toUTF8String(out);
}

std::optional<std::string> tidy_domain(std::string_view typed) {
  auto domain = to_ascii_lower(typed);
  const bool is_plain = std::all_of(domain.begin(), domain.end(), is_ascii);
  if (!is_plain || domain.find("xn--") != std::string::npos) {
    auto ascii = to_ascii_domain(domain);
    if (!ascii) return std::nullopt;
    domain = std::move(*ascii);
  }
  if (!is_host_name(domain)) return std::nullopt;
  return domain;
}

}  // namespace

std::optional<Email> parse_email(std::string_view typed) {
  while (typed.starts_with(' ') || typed.starts_with('\t')) typed.remove_prefix(1);
  while (typed.ends_with(' ') || typed.ends_with('\t')) typed.remove_suffix(1);
  if (typed.size() > kAddressBytesMax) return std::nullopt;
  const auto at = typed.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  const auto local = typed.substr(0, at);
  if (!is_dot_atom(local)) return std::nullopt;
  const auto domain = tidy_domain(typed.substr(at + 1));
  if (!domain) return std::nullopt;
  Email email{.address = std::string(local) + "@" + *domain, .canonical = to_ascii_lower(local) + "@" + *domain};
  if (email.address.size() > kAddressBytesMax) return std::nullopt;
  return email;
}

std::string mask_email(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return "•••";
  return std::string(address.substr(0, 1)) + "•••" + std::string(address.substr(at));
}

}  // namespace waymark
