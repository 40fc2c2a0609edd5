// The pages of who is represented, and of who represents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/representing/represent.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

// One representation as its client sees it.
struct ShownRepresentation {
  Representation of;
  std::string name;  // of the representative; empty: nobody yet, or their account was erased
  std::optional<Representative> who{};
  std::string firm{};                       // it is shared with; empty: with none
  std::vector<std::string> firm_members{};  // who else sees the case by it
};
web::Response representative_page(web::Exchange& exchange, const VisibleCase& visible,
                                  const std::vector<ShownRepresentation>& all);
web::Response make_passcode_page(web::Exchange& exchange, const VisibleCase& visible);
web::Response accept_passcode_page(web::Exchange& exchange, const web::FormState& form, const VisibleCase& visible);
web::Response confirm_representative_page(web::Exchange& exchange, const VisibleCase& visible,
                                          const ShownRepresentative& who, std::string_view passcode);

// One client as their representative sees them.
struct Client {
  Representation of;
  std::string name;        // empty: not begun
  bool may_share = false;  // they are in a firm, and it is not shared with it
};
web::Response representing_page(web::Exchange& exchange, const std::optional<Representative>& own,
                                const std::vector<Client>& clients, std::optional<RepresentationId> last);
// Leads to the page after the one that ended with `last`; nothing when that is the last one.
web::Html older_link(web::Exchange& exchange, const web::Url& page, std::optional<RepresentationId> last);
web::Response ask_to_represent_page(web::Exchange& exchange, const web::FormState& form);
web::Response add_client_page(web::Exchange& exchange, const web::FormState& form);
web::Response representatives_passcode_page(web::Exchange& exchange, const web::FormState& form);

// The passcode, this once; `back` is the page that lists it.
web::Response passcode_page(web::Exchange& exchange, std::string_view passcode, std::string_view receipt_number,
                            std::string_view text_key, const web::Url& back, std::string_view nav);

}  // namespace waymark::cases::pages
