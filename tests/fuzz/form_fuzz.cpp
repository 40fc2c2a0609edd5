// Any body: parsing never crashes, and what it takes holds to the promises of web/form.hpp; encoding it again gives the
// same form.
#include "base/assert.hpp"
#include "base/text.hpp"
#include "web/form.hpp"
#include "web/html.hpp"
#include "web/url_encoding.hpp"

using namespace waymark;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(data, data + size);
  const auto form = web::Form::parse(body);
  if (form) {
    WAYMARK_ASSERT(form->fields().size() <= 200);
    std::string again;
    for (std::size_t i = 0; i < form->fields().size(); ++i) {
      const auto& [name, value] = form->fields()[i];
      WAYMARK_ASSERT(!name.empty() && is_valid_utf8(name) && is_valid_utf8(value));
      WAYMARK_ASSERT(name.find_first_of(std::string_view("[]\0", 3)) == std::string::npos);
      for (std::size_t j = 0; j < i; ++j) WAYMARK_ASSERT(form->fields()[j].first != name);
      if (i > 0) again.push_back('&');
      again += web::percent_encode(name) + '=' + web::percent_encode(value);
    }
    const auto parsed_again = web::Form::parse(again);
    WAYMARK_ASSERT(parsed_again && parsed_again->fields() == form->fields());
  }

  web::Html html;
  html(body);
  WAYMARK_ASSERT(html.text().find_first_of("<>\"'") == std::string::npos);

  if (web::Url::is_local(body)) {
    WAYMARK_ASSERT(body.starts_with('/') && !body.starts_with("//"));
    WAYMARK_ASSERT(body.find_first_of(std::string_view("\\\r\n\t\0 ", 6)) == std::string::npos);
  }
  return 0;
}
