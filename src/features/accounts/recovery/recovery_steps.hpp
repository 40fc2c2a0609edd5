// The steps of getting back in, in order, for each purpose. None can be left out, repeated or taken out of turn.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "features/accounts/recovery/recovery_store.hpp"
#include "features/accounts/recovery/wait_store.hpp"
#include "web/html.hpp"

namespace waymark::accounts {

// A flow with what else decides where it stands.
struct RecoveryView {
  Recovery recovery{};
  std::optional<Wait> wait{};  // the account's open one of the flow's kind; read only once the address is proved
  Instant now{};

  bool is_ripe() const { return wait && now >= wait->ripe_at; }
};

struct RecoveryStep {
  std::string_view name;  // locale keys: accounts.recover.NAME.…
  web::Url path;
  int place;  // its mark on the path that the pages show
  bool (*is_done)(const RecoveryView& view);
};

std::span<const RecoveryStep> recovery_steps(RecoveryPurpose purpose);
const RecoveryStep& recovery_step(RecoveryPurpose purpose, std::string_view name);  // asserts that there is one
// The first that is not done; without a flow, the first of all.
const RecoveryStep& present_step(RecoveryPurpose purpose, const std::optional<RecoveryView>& view);
int recovery_places(RecoveryPurpose purpose);

}  // namespace waymark::accounts
