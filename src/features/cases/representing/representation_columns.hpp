// How rows of representations are read. Only the stores of representing and of firms include it.
#pragma once

#include "features/cases/representing/representation_store.hpp"

#define WAYMARK_REPRESENTATION_COLUMNS \
  "id, receipt_number, case_id, client, representative, started_at, code_ends_at, began_at, ended_at, firm_id "
// Those columns, joined to others.
#define WAYMARK_REPRESENTATION_COLUMNS_OF_R                                                                   \
  "r.id, r.receipt_number, r.case_id, r.client, r.representative, r.started_at, r.code_ends_at, r.began_at, " \
  "r.ended_at, r.firm_id "
// What is shared ends with the client's part, and with the office's word. To be continued by WAYMARK_IS_STANDING.
#define WAYMARK_REPRESENTED                                                        \
  "FROM representations r JOIN representatives v ON v.account = r.representative " \
  "JOIN cases c ON c.id = r.case_id "                                              \
  "JOIN parties p ON p.id = r.party_id AND p.account = r.client AND p.is_present " \
  "AND p.role IN ('applicant', 'petitioner') "
#define WAYMARK_IS_STANDING "v.state = 'verified' AND r.began_at IS NOT NULL AND r.ended_at IS NULL "

namespace waymark::cases {

Representation read_representation(const db::Row& row);
// WAYMARK_VISIBLE_CASE, and the representation's id. A representative by passcode is no party of the agency's: the
// client's part stays out of what is handed on.
VisibleCase read_represented_case(const db::Row& row);

}  // namespace waymark::cases
