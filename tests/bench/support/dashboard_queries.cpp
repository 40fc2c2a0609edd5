#include "support/dashboard_queries.hpp"

#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "features/cases/case_access.hpp"
#include "features/messages/message_store.hpp"

namespace waymark::bench {
namespace {

// Finds nothing, and writes down what it was asked.
class Listener final : public db::Snapshot {
 public:
  void each(const db::Query& query, db::Parameters, const db::RowFunction&) override { asked.emplace_back(query.sql); }
  void queue(const db::Query& query, db::Parameters, db::RowFunction) override { asked.emplace_back(query.sql); }
  void drain() override {}
  std::vector<std::string> asked;
};

}  // namespace

std::vector<std::string> list_dashboard_queries() {
  Listener listener;
  accounts::find_session(listener, std::string(32, '\0'), Instant{});
  cases::list_visible_to(listener, AccountId{1}, Instant{});
  std::int64_t unread = 0;
  messages::queue_unread(listener, AccountId{1}, unread);
  accounts::WaysIn ways;
  accounts::queue_ways_in(listener, AccountId{1}, ways);
  return listener.asked;
}

}  // namespace waymark::bench
