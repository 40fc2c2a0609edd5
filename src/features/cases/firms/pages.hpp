// The pages of a firm: who is in it, whose cases it shares.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/firms/firm.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

struct ShownMember {
  FirmMember of;
  std::string name;  // of who is in; of who is invited, the address
};
struct SharedClient {
  std::string receipt_number, client, representative;  // names
};
struct ShownFirm {
  std::string name;
  FirmMember own;
  std::vector<ShownMember> members;
  std::vector<SharedClient> clients;
  std::optional<RepresentationId> last;  // there are more after this one
};
web::Response firm_page(web::Exchange& exchange, const ShownFirm& firm);

// Of somebody who is in none.
struct ShownInvitation {
  FirmMember of;
  std::string firm, inviter;  // names
};
web::Response no_firm_page(web::Exchange& exchange, const std::vector<ShownInvitation>& invitations, bool may_open);
web::Response open_firm_page(web::Exchange& exchange, const web::FormState& form, std::string_view organisation);

web::Response invite_page(web::Exchange& exchange, const web::FormState& form);
web::Response member_page(web::Exchange& exchange, const web::FormState& form, const ShownMember& member);
// Leaving, or closing the firm for everybody.
web::Response leave_page(web::Exchange& exchange, const web::FormState& form);
web::Response close_page(web::Exchange& exchange, const web::FormState& form);

// Before a client is shared.
web::Response share_page(web::Exchange& exchange, const web::FormState& form, const Representation& client,
                         std::string_view client_name, std::string_view firm);

}  // namespace waymark::cases::pages
