#include "web/page_frame.hpp"

#include <array>
#include <mutex>

#include "base/assert.hpp"
#include "web/assets.hpp"
#include "web/brand_style.hpp"
#include "web/csrf.hpp"
#include "web/marks.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"
#include "web/session_end.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

// Up to here each language is a button of its own; more are folded behind one.
constexpr std::size_t kOpenLanguagesMax = 3;

const catalogue::Brand& brand_of(const FrameKind& kind) { return kind.site.parts().catalogue.brand(); }

void add_head(FrameWriter& frame, const FrameKind& kind) {
  frame("<!doctype html>\n<html lang=\""_html, kind.words.tag(), "\" dir=\""_html, kind.words.direction(),
        "\"><head><meta charset=\"utf-8\"><title>"_html);
  frame.hole(Hole::title);
  frame(
      "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"format-detection\" content=\"telephone=no\">"
      "<link rel=\"stylesheet\" href=\""_html,
      asset_url("app.css"), "\">"_html);
  if (has_brand_style(brand_of(kind))) frame("<link rel=\"stylesheet\" href=\""_html, kBrandStylePath, "\">"_html);
  frame("<link rel=\"icon\" type=\"image/svg+xml\" href=\""_html, asset_url("favicon.svg"), "\"><script src=\""_html,
        asset_url("app.js"), "\" defer></script>"_html);
  frame.hole(Hole::refresh);
  frame("</head>"_html);
}

std::vector<const catalogue::Locale*> list_other_languages(const FrameKind& kind) {
  std::vector<const catalogue::Locale*> others;
  for (const auto& tag : brand_of(kind).languages) {
    const auto* locale = kind.site.parts().words.find(tag);
    if (locale != nullptr && locale->tag() != kind.words.tag()) others.push_back(locale);
  }
  return others;
}

void add_language_choice(FrameWriter& frame, const FrameKind& kind) {
  const auto others = list_other_languages(kind);
  if (others.empty()) return;
  const bool is_folded = others.size() > kOpenLanguagesMax;
  frame("<form class=\"languages\" method=\"post\" action=\""_html,
        kind.is_office ? Url("/office/language") : Url("/language"), "\" aria-label=\""_html,
        kind.words.text("web.language.label"), "\">"_html);
  frame.csrf_field();
  frame("<input type=\"hidden\" name=\"return_to\" value=\""_html).hole(Hole::return_to)("\">"_html);
  if (is_folded) frame("<details><summary>"_html, kind.words.own_name(), "</summary><div>"_html);
  for (const auto* locale : others) {
    frame("<button name=\"language\" value=\""_html, locale->tag(), "\" lang=\""_html, locale->tag(), "\" dir=\""_html,
          locale->direction(), "\">"_html, locale->own_name(), "</button>"_html);
  }
  if (is_folded) frame("</div></details>"_html);
  frame("</form>"_html);
}

// `name`: the PageOptions::active_nav of its pages.
void add_nav_link(FrameWriter& frame, const Url& to, std::string_view label, std::string_view name) {
  frame("<li><a href=\""_html, to, "\""_html).hole(Hole::current, name)(">"_html, label, "</a></li>"_html);
}

void add_footer_link(FrameWriter& frame, const Url& to, std::string_view label) {
  frame("<li><a href=\""_html, to, "\">"_html, label, "</a></li>"_html);
}

void add_sign_out(FrameWriter& frame, const FrameKind& kind, const Url& action) {
  frame("<li>"_html);
  frame.post_form(action, "nav__form",
                  Html{}("<button class=\"nav__button\">"_html, kind.words.text("web.nav.sign_out"), "</button>"_html));
  frame("</li>"_html);
}

// The office's own: what the officer's role may reach, who they are here, and the way out.
void add_office_navigation(FrameWriter& frame, const FrameKind& kind) {
  const auto& words = kind.words;
  frame("<nav class=\"nav nav--office\" aria-label=\""_html, words.text("web.nav.label"), "\"><ul>"_html);
  if (kind.role) {
    for (const auto& link : kind.site.parts().office_nav) {
      if (link.roles.has(*kind.role))
        add_nav_link(frame, Url::local_or(link.path, "/office"), words.text(link.words), link.active);
    }
    add_sign_out(frame, kind, "/office/sign-out");
  }
  frame("</ul></nav>"_html);
}

void add_navigation(FrameWriter& frame, const FrameKind& kind) {
  const auto& words = kind.words;
  frame("<nav class=\"nav\" aria-label=\""_html, words.text("web.nav.label"), "\"><ul>"_html);
  if (kind.standing == Standing::signed_in) {
    add_nav_link(frame, "/cases", words.text("web.nav.cases"), "cases");
    add_nav_link(frame, "/cases/connect", words.text("web.nav.connect"), "connect");
    add_nav_link(frame, "/messages", words.text("web.nav.messages"), "messages");
    add_nav_link(frame, "/account", words.text("web.nav.account"), "account");
  }
  if (kind.standing == Standing::stranger) {
    add_nav_link(frame, "/sign-in", words.text("web.nav.sign_in"), "sign_in");
  } else if (!kind.is_shared_computer) {
    add_sign_out(frame, kind, "/sign-out");
  }
  frame("</ul></nav>"_html);
}

void add_header(FrameWriter& frame, const FrameKind& kind) {
  const auto& brand = brand_of(kind);
  const bool is_signed_in = kind.standing == Standing::signed_in;
  const Url home = kind.is_office ? Url("/office") : is_signed_in ? Url("/cases") : Url("/");
  frame("<a class=\"skip\" href=\"#main\">"_html, kind.words.text("web.page.skip"), "</a>"_html,
        is_signed_in ? "<header class=\"header\">"_html : "<header class=\"header header--short\">"_html,
        "<div class=\"header__inner\"><a class=\"brand\" href=\""_html, home, "\">"_html);
  if (brand.mark_svg.empty()) {
    frame(brand_mark());
  } else {
    frame("<img class=\"brand__mark\" src=\""_html, kBrandMarkPath, "\" alt=\"\" width=\"40\" height=\"40\">"_html);
  }
  frame("<span class=\"brand__name\">"_html, brand.agency_name, "</span></a>"_html);
  if (kind.is_office) frame("<span class=\"brand__part\">"_html, kind.words.text("web.nav.office"), "</span>"_html);
  add_language_choice(frame, kind);
  if (kind.is_office) {
    add_office_navigation(frame, kind);
  } else {
    add_navigation(frame, kind);
  }
  frame("</div></header>"_html);
}

void add_footer(FrameWriter& frame, const FrameKind& kind) {
  const auto& words = kind.words;
  const auto& brand = brand_of(kind);
  frame("<footer class=\"footer\"><div class=\"footer__inner\"><nav aria-label=\""_html, words.text("web.footer.label"),
        "\"><ul>"_html);
  add_footer_link(frame, "/help", words.text("web.footer.help"));
  add_footer_link(frame, "/privacy", words.text("web.footer.privacy"));
  add_footer_link(frame, "/accessibility", words.text("web.footer.accessibility"));
  add_footer_link(frame, "/contact", words.text("web.footer.contact"));
  add_footer_link(frame, "/genuine", words.text("web.footer.genuine"));
  if (kind.site.parts().is_demo) add_footer_link(frame, "/demo/outbox", words.text("web.footer.demo_outbox"));
  frame("</ul></nav><p>"_html,
        words.text("web.footer.official_address", {{"agency", brand.agency_name}, {"address", kind.site.authority()}}),
        "</p>"_html);
  const auto disclaimer = brand.disclaimer.in(words.tag());
  if (!disclaimer.empty()) frame("<p class=\"footer__disclaimer\">"_html, disclaimer, "</p>"_html);
  frame("</div></footer>"_html);
}

// Standing, a shared computer or not, and no office page, the office's for nobody, or for an officer of a role.
constexpr std::size_t kStandings = 3;
constexpr std::size_t kSides = 2 + std::size(kOfficeRoles);
constexpr std::size_t kKinds = kStandings * 2 * kSides;

std::size_t place_of(const FrameKind& kind) {
  const std::size_t side = !kind.is_office ? 0 : kind.role ? 2 + static_cast<std::size_t>(*kind.role) : 1;
  return (static_cast<std::size_t>(kind.standing) * 2 + (kind.is_shared_computer ? 1 : 0)) * kSides + side;
}

}  // namespace

FrameWriter& FrameWriter::hole(Hole hole, std::string_view name) {
  pieces_.push_back({.markup = std::exchange(markup_, Html{}), .then = hole, .name = std::string(name)});
  return *this;
}

void FrameWriter::csrf_field() { (*this)(kCsrfFieldBegin).hole(Hole::csrf_token)(kCsrfFieldEnd); }

void FrameWriter::post_form(const Url& action, std::string_view class_name, const Html& inside) {
  open_post_form(markup_, action, class_name);
  (*this)(">"_html);
  csrf_field();
  (*this)(inside, "</form>"_html);
}

PageFrame::PageFrame(const FrameKind& kind) {
  FrameWriter frame;
  add_head(frame, kind);
  frame("<body>"_html);
  if (kind.is_shared_computer) add_shared_bar(frame, kind);
  add_header(frame, kind);
  frame("<main id=\"main\" class=\""_html).hole(Hole::main_class)("\" tabindex=\"-1\">"_html);
  frame.hole(Hole::main)("</main>"_html);
  add_footer(frame, kind);
  if (kind.standing == Standing::signed_in) add_ending_dialog(frame, kind);
  frame("</body></html>\n"_html).hole(Hole::end);

  pieces_ = std::move(frame).take();
  for (const auto& piece : pieces_) size_ += piece.markup.text().size();
}

struct PageFrames::OfLocale {
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const PageFrame> frame;
  };
  const catalogue::Locale* locale;
  std::array<Slot, kKinds> slots;
};

PageFrames::PageFrames(const Site& site) : site_(site) {
  for (const auto* locale : site.parts().words.list_all()) {
    by_locale_.push_back(std::make_unique<OfLocale>());
    by_locale_.back()->locale = locale;
  }
}

PageFrames::~PageFrames() = default;

const PageFrame& PageFrames::of(const Exchange& exchange) {
  const auto& visitor = exchange.visitor;
  const bool is_office = is_office_path(exchange.request.path);
  const FrameKind kind{.site = site_,
                       .words = exchange.words(),
                       .standing = visitor.standing,
                       .is_shared_computer = visitor.is_shared_computer,
                       .is_office = is_office,
                       .role = is_office && visitor.seat ? std::optional(visitor.seat->role) : std::nullopt};
  for (const auto& one : by_locale_) {
    if (one->locale != exchange.locale) continue;
    auto& slot = one->slots[place_of(kind)];
    std::call_once(slot.once, [&] { slot.frame = std::make_unique<const PageFrame>(kind); });
    return *slot.frame;
  }
  WAYMARK_ASSERT(false && "a language that the site has no words for");
}

}  // namespace waymark::web
