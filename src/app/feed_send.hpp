// `waymark feed send`: the client of the feed's API, and its example. It needs no data folder and no settings.
#pragma once

#include <ostream>
#include <string>

namespace waymark::app {

struct FeedSend {
  std::string file;              // NDJSON
  std::string to;                // "https://account.agency.example"
  std::string key_file;          // its first line is the key
  std::string idempotency_key;   // empty: made from the file's content, so that the same file is the same batch
  std::string authorities_file;  // trusted instead of the system's; empty: the system's
};

// 0: all records went in, or were known; 1: some were refused; 2: not sent. Tries again, with the same name, when the
// line breaks or the other side is busy.
int send_feed(const FeedSend& wanted, std::ostream& out, std::ostream& errors);

}  // namespace waymark::app
