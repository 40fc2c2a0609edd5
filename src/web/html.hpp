// Pages are built, not templated: literals are markup and are checked to be literals by the compiler; every other
// string is escaped. A raw string can't get into a page by mistake, since there is no function that takes one.
//
//   html("<p class=\"hint\">"_html, person.name, "</p>"_html);
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/markup.hpp"

namespace waymark::web {

// Markup that stands in our source. Only a literal makes one.
class Markup {
 public:
  consteval Markup(const char* text, std::size_t size) : text_(text, size) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

inline namespace literals {
consteval Markup operator""_html(const char* text, std::size_t size) { return Markup(text, size); }
}  // namespace literals

// An address inside the product, or a checked outside one. Built from literals and percent-encoded parts only.
class Url {
 public:
  template <std::size_t N>
  consteval Url(const char (&literal)[N]) : fixed_(literal, N - 1) {}
  // A path part, percent-encoded: Url("/cases/").part(receipt)
  Url part(std::string_view text) const;
  // A query parameter, percent-encoded.
  Url with(std::string_view name, std::string_view value) const;
  // A path of our own site that came from outside ("return_to"): nothing unless it begins with one "/", and holds no
  // second "/" or "\" after it, no control byte, and no scheme.
  static bool is_local(std::string_view path);
  // The configured origin or another address from the configuration or the catalogue: https, mailto, tel, or local
  // only; anything else becomes "/".
  static Url from_configuration(std::string_view text);
  // A local address from outside that is_local accepted; anything else becomes `otherwise`.
  static Url local_or(std::string_view path, const Url& otherwise);
  std::string text() const { return std::string(fixed_).append(rest()); }

 private:
  friend class Html;
  explicit Url(std::string rest) : rest_(std::move(rest)) {}
  Url(std::string_view fixed, std::string rest) : fixed_(fixed), rest_(std::move(rest)) {}
  std::string_view rest() const { return rest_ ? std::string_view(*rest_) : std::string_view(); }
  std::string_view fixed_{};
  std::optional<std::string> rest_{};  // after fixed_; optional, since libstdc++ 12 has no constant empty string
};

// A growing piece of a page. Each call makes room once for all its parts, then writes them one after another.
class Html {
 public:
  Html() = default;
  explicit Html(std::size_t reserve) { out_.reserve(reserve); }

  template <typename... Parts>
  Html& operator()(const Parts&... parts) & {
    const std::size_t begin = out_.size();
    const std::size_t end = begin + (size_of(parts) + ... + 0);
    if (end > out_.capacity()) out_.reserve(std::max({end, 2 * out_.capacity(), kFirstRoom}));
    out_.resize_and_overwrite(end, [&](char* text, std::size_t) {
      char* at = text + begin;
      ((at = write(at, parts)), ...);
      return static_cast<std::size_t>(at - text);
    });
    return *this;
  }
  // A piece made in passing is handed on, not copied.
  template <typename... Parts>
  Html operator()(const Parts&... parts) && {
    (*this)(parts...);
    return std::move(*this);
  }
  bool empty() const { return out_.empty(); }
  const std::string& text() const& { return out_; }
  std::string text() && { return std::move(out_); }

 private:
  // For numbers an upper bound; for all others exactly what write() writes.
  static std::size_t size_of(const Markup& markup) { return markup.text().size(); }
  static std::size_t size_of(const Html& piece) { return piece.out_.size(); }
  static std::size_t size_of(const Url& url) { return escaped_size(url.fixed_) + escaped_size(url.rest()); }
  static std::size_t size_of(std::string_view text) { return escaped_size(text); }
  static std::size_t size_of(const std::string& text) { return escaped_size(text); }
  static std::size_t size_of(const char*) = delete;  // a literal wants _html (markup) or std::string_view (text)
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  static std::size_t size_of(T) {
    return kDigitsMax;
  }

  static char* write(char* at, const Markup& markup) { return write_raw(at, markup.text()); }
  static char* write(char* at, const Html& piece) { return write_raw(at, piece.out_); }
  static char* write(char* at, const Url& url) { return write_escaped(write_escaped(at, url.fixed_), url.rest()); }
  static char* write(char* at, std::string_view text) { return write_escaped(at, text); }
  static char* write(char* at, const std::string& text) { return write_escaped(at, text); }
  template <std::integral T>
  static char* write(char* at, T number) {
    return std::to_chars(at, at + kDigitsMax, number).ptr;
  }
  static char* write_raw(char* at, std::string_view text) { return at + text.copy(at, text.size()); }

  friend class TrustedHtml;
  static constexpr std::size_t kFirstRoom = 240;
  static constexpr std::size_t kDigitsMax = 24;
  std::string out_;
};

// Markup that comes from a trusted maker outside this file: the QR code's SVG, an embedded image. Each use stands in
// tests/lint/trusted_html.txt.
class TrustedHtml {
 public:
  static Html from(std::string markup) {
    Html html;
    html.out_ = std::move(markup);
    return html;
  }
};

}  // namespace waymark::web
