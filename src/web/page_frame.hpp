// The document around a page's own part – head, header, navigation, footer, the dialog about the session's end – made
// once for each language and kind of visitor, when first asked for. What differs from page to page stands in holes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/exchange.hpp"
#include "web/html.hpp"

namespace waymark::web {

enum class Hole : std::uint8_t {
  title,
  refresh,     // where the page goes by itself
  current,     // of a navigation link: whether it is the page's own; `name` is its PageOptions::active_nav
  main_class,  // how wide the page is
  main,
  csrf_token,
  return_to,  // the page's own address
  idle_ms,    // until the session ends if nothing more is done
  left_ms,    // until it ends whatever is done
  end,
};

// Everything that decides how a frame looks.
struct FrameKind {
  const Site& site;
  const catalogue::Locale& words;
  Standing standing;
  bool is_shared_computer;
  bool is_office;                  // the page is one of the office's
  std::optional<OfficeRole> role;  // of the officer who asks
};

// Markup, and the hole that follows it.
struct FramePiece {
  Html markup;
  Hole then;
  std::string name{};
};

class PageFrame {
 public:
  explicit PageFrame(const FrameKind& kind);

  const std::vector<FramePiece>& pieces() const { return pieces_; }
  std::size_t size() const { return size_; }  // of its markup, in bytes

 private:
  std::vector<FramePiece> pieces_;
  std::size_t size_ = 0;
};

// One for a site; safe from several threads.
class PageFrames {
 public:
  explicit PageFrames(const Site& site);
  ~PageFrames();
  const PageFrame& of(const Exchange& exchange);

 private:
  struct OfLocale;
  const Site& site_;
  std::vector<std::unique_ptr<OfLocale>> by_locale_;
};

// Writes a frame: markup goes in as into an Html, holes between.
class FrameWriter {
 public:
  template <typename... Parts>
  FrameWriter& operator()(const Parts&... parts) {
    markup_(parts...);
    return *this;
  }
  FrameWriter& hole(Hole hole, std::string_view name = {});
  void csrf_field();
  // A form of a button: one that is never kept as a draft (web/drafts).
  void post_form(const Url& action, std::string_view class_name, const Html& inside);
  std::vector<FramePiece> take() && { return std::move(pieces_); }

 private:
  Html markup_;  // since the last hole
  std::vector<FramePiece> pieces_;
};

}  // namespace waymark::web
