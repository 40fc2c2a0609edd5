// Facts, stacked rows, dated entries, tables.
#include "base/assert.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"

namespace waymark::web {

Html fact_list(const std::vector<Fact>& facts) {
  Html html;
  html("<dl class=\"facts\">"_html);
  for (const auto& fact : facts) {
    html("<div><dt>"_html, fact.label, "</dt><dd>"_html, fact.value, "</dd>"_html);
    if (!fact.action.empty()) html("<dd class=\"facts__action\">"_html, fact.action, "</dd>"_html);
    html("</div>"_html);
  }
  html("</dl>"_html);
  return html;
}

Html stacked_list(const std::vector<StackedItem>& items) {
  Html html;
  {
    StackedRows rows(html);
    for (const auto& item : items) {
      const auto add_title = [&] { html(item.title); };
      const auto add_detail = [&] { html(item.detail); };
      if (item.aside.empty()) {
        rows.add(add_title, add_detail);
      } else {
        rows.add(add_title, add_detail, [&] { html(item.aside); });
      }
    }
  }
  return html;
}

Html timeline(const std::vector<TimelineEntry>& entries) {
  Html html;
  html("<ol class=\"timeline\">"_html);
  for (const auto& entry : entries) {
    html("<li><p class=\"timeline__when\"><time datetime=\""_html, entry.machine_when, "\">"_html, entry.when,
         "</time></p><p class=\"timeline__title\">"_html, entry.title, "</p>"_html);
    if (!entry.text.empty()) html("<p>"_html, entry.text, "</p>"_html);
    if (!entry.who.empty()) html("<p class=\"quiet\">"_html, entry.who, "</p>"_html);
    html("</li>"_html);
  }
  html("</ol>"_html);
  return html;
}

Html table(std::string_view caption, const std::vector<std::string>& headings,
           const std::vector<std::vector<Html>>& rows) {
  Html html;
  // The roles are said because CSS turns rows into blocks on phones, and browsers then forget that it is a table.
  html("<table class=\"table\" role=\"table\"><caption>"_html, caption,
       "</caption><thead role=\"rowgroup\"><tr role=\"row\">"_html);
  for (const auto& heading : headings) html("<th scope=\"col\" role=\"columnheader\">"_html, heading, "</th>"_html);
  html("</tr></thead><tbody role=\"rowgroup\">"_html);
  for (const auto& row : rows) {
    WAYMARK_ASSERT(row.size() == headings.size());
    html("<tr role=\"row\">"_html);
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (column == 0) {
        html("<th scope=\"row\" role=\"rowheader\">"_html, row[column], "</th>"_html);
      } else {
        html("<td role=\"cell\" data-heading=\""_html, headings[column], "\">"_html, row[column], "</td>"_html);
      }
    }
    html("</tr>"_html);
  }
  html("</tbody></table>"_html);
  return html;
}

}  // namespace waymark::web
