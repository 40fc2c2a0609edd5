// libcurl's handles, owned; the settings that every transfer of ours has.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>

namespace waymark {

struct FreeCurl {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlHandle = std::unique_ptr<CURL, FreeCurl>;

struct FreeCurlList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, FreeCurlList>;

// A handle used by one thread at a time; throws std::runtime_error when there is none to be had.
CurlHandle make_curl();

// Forgets the last transfer's settings (its connection stays open for the next one) and sets what all of ours share:
// no signals, no redirects, TLS 1.2 at least with the peer verified, the two time limits.
// `authorities_file`: PEM; trusted instead of the system's authorities; empty: the system's.
void prepare_curl(CURL* handle, const std::string& url, const char* protocols, std::chrono::milliseconds connect_max,
                  std::chrono::milliseconds total_max, const std::string& authorities_file);

void append(CurlList& list, const std::string& entry);

}  // namespace waymark
