// The tables of officers, their keys and their invitations. Threads: immutable after construction.
#pragma once

#include <vector>

#include "db/database.hpp"
#include "features/office/officer.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::office {

class OfficerStore {
 public:
  OfficerStore(const Sealer& sealer, const KeyRing& keys);  // `sealer` must outlive the store

  // False when the address is an officer's already; then nothing was written.
  bool add(db::Transaction& tx, const Officer& officer) const;
  std::optional<Officer> find(db::Snapshot& snapshot, OfficerId officer) const;
  std::optional<Officer> find_by_email(db::Snapshot& snapshot, std::string_view canonical) const;
  std::vector<Officer> list(db::Snapshot& snapshot) const;  // by the day they came
  // The active ones of these roles.
  std::vector<web::OfficeSeat> list_seats(db::Snapshot& snapshot, web::OfficeRoles roles) const;
  bool has_active_administrator(db::Snapshot& snapshot) const;
  // Active administrators but this one: the last one stays. Units that ask take turns.
  bool has_other_administrator(db::Transaction& tx, OfficerId officer) const;

  void set_seat(db::Transaction& tx, OfficerId officer, web::OfficeRole role, std::string_view unit) const;
  // False when it was in that state already.
  bool set_state(db::Transaction& tx, OfficerId officer, OfficerState state) const;
  void set_language(db::Transaction& tx, OfficerId officer, std::string_view language) const;
  void note_entry(db::Transaction& tx, OfficerId officer, Instant now) const;

  // False when the credential is an officer's already.
  bool add_passkey(db::Transaction& tx, const OfficerPasskey& passkey) const;
  std::vector<OfficerPasskey> list_passkeys(db::Snapshot& snapshot, OfficerId officer) const;
  std::optional<OfficerPasskey> find_passkey(db::Snapshot& snapshot, std::string_view credential_id) const;
  // True when the counter moved on and the key is not switched off; of several uses with one count exactly one.
  bool use_passkey(db::Transaction& tx, OfficerPasskeyId passkey, std::uint32_t sign_count, Instant now) const;
  bool switch_off_passkey(db::Transaction& tx, OfficerPasskeyId passkey, Instant now) const;
  bool remove_passkey(db::Transaction& tx, OfficerId officer, OfficerPasskeyId passkey) const;
  void remove_passkeys(db::Transaction& tx, OfficerId officer) const;

  // Ends those before it.
  void add_invitation(db::Transaction& tx, InvitationId id, OfficerId officer, std::string_view token_hash, Instant now,
                      Instant expires_at) const;
  std::optional<OfficerId> find_invited(db::Snapshot& snapshot, std::string_view token_hash, Instant now) const;
  // The officer, for exactly one caller.
  std::optional<OfficerId> use_invitation(db::Transaction& tx, std::string_view token_hash, Instant now) const;

 private:
  Officer read(const db::Row& row) const;
  OfficerPasskey read_passkey(const db::Row& row) const;
  const Sealer& sealer_;
  KeyedHash email_hash_, credential_hash_;
};

}  // namespace waymark::office
