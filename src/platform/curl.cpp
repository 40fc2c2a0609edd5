#include "platform/curl.hpp"

#include <stdexcept>

namespace waymark {

CurlHandle make_curl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  CurlHandle handle(started ? curl_easy_init() : nullptr);
  if (!handle) throw std::runtime_error("libcurl could not be started");
  return handle;
}

void prepare_curl(CURL* handle, const std::string& url, const char* protocols, std::chrono::milliseconds connect_max,
                  std::chrono::milliseconds total_max, const std::string& authorities_file) {
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!authorities_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, authorities_file.c_str());
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_max.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(total_max.count()));
  curl_easy_setopt(handle, CURLOPT_PROXY,
                   "");  // only where the operator's own settings point, whatever the environment says
}

void append(CurlList& list, const std::string& entry) {
  curl_slist* const longer = curl_slist_append(list.get(), entry.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

}  // namespace waymark
