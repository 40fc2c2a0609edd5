// A page's own part goes into the frame that its visitor sees.
#include "web/page.hpp"

#include "web/page_frame.hpp"
#include "web/session_end.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

bool has_failed(const PageOptions& options) {
  return options.status == 422 || (options.form != nullptr && options.form->failed());
}

std::string page_title(const Exchange& exchange, const PageOptions& options) {
  return exchange.words().text(has_failed(options) ? "web.page.title_error" : "web.page.title",
                               {{"title", options.title}, {"agency", exchange.brand().agency_name}});
}

void add_refresh(Html& html, Exchange& exchange, const PageOptions& options) {
  if (options.refresh) {
    html("<noscript><meta http-equiv=\"refresh\" content=\""_html, options.refresh->after.count(), ";url="_html,
         options.refresh->to, "\"></noscript>"_html);
  } else if (exchange.visitor.standing == Standing::signed_in && options.form == nullptr) {
    add_ending_refresh(html, exchange);
  }
}

void fill(Html& html, const FramePiece& piece, Exchange& exchange, const PageOptions& options, const Html& main) {
  const auto& visitor = exchange.visitor;
  switch (piece.then) {
    case Hole::title:
      html(page_title(exchange, options));
      return;
    case Hole::refresh:
      add_refresh(html, exchange, options);
      return;
    case Hole::current:
      if (piece.name == options.active_nav) html(" aria-current=\"true\""_html);
      return;
    case Hole::main_class:
      html(options.is_wide ? "main main--wide"_html : "main"_html);
      return;
    case Hole::main:
      html(main);
      return;
    case Hole::csrf_token:
      html(exchange.csrf_token());
      return;
    case Hole::return_to:
      html(exchange.request.path);
      if (!exchange.request.query.empty()) html("?"_html, exchange.request.query);
      return;
    case Hole::idle_ms:
      html((visitor.idle_ends_at - exchange.now).count());
      return;
    case Hole::left_ms:
      html((visitor.ends_at - exchange.now).count());
      return;
    case Hole::end:
      return;
  }
}

}  // namespace

Response render_page(Exchange& exchange, const PageOptions& options, const Html& main) {
  constexpr std::size_t kHolesRoom = 1024;
  const PageFrame& frame = exchange.site.frames().of(exchange);
  Html html(main.text().size() + frame.size() + kHolesRoom);
  for (const auto& piece : frame.pieces()) {
    html(piece.markup);
    fill(html, piece, exchange, options, main);
  }

  const bool failed = has_failed(options);
  Response response = Response::page(std::move(html), failed ? 422 : options.status);
  const bool repeats_typed = failed || (options.form != nullptr && options.form->is_draft);
  response.may_compress = options.may_compress && !repeats_typed;
  return response;
}

}  // namespace waymark::web
