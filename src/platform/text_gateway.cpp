#include "platform/text_gateway.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "platform/curl.hpp"
#include "platform/keys.hpp"

namespace waymark {
namespace {

bool is_e164(std::string_view number) {
  return number.size() >= 9 && number.size() <= 16 && number[0] == '+' &&
         std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_this_machine(std::string_view url) {
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    if (url.starts_with(host) && (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/')) {
      return true;
    }
  }
  return false;
}

void check(const TextGatewayOptions& options) {
  if (!options.base_url.starts_with("https://") && !is_this_machine(options.base_url)) {
    throw std::invalid_argument("texts: the gateway's address must begin with https://");
  }
  const bool is_plain =
      !options.account.empty() && std::all_of(options.account.begin(), options.account.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      });
  if (!is_plain) throw std::invalid_argument("texts: the account may hold letters, digits, - and _ only");
  if (!is_e164(options.from)) throw std::invalid_argument("texts: the sender must be a number such as +15555550100");
}

std::string form_field(CURL* curl, std::string_view name, std::string_view value) {
  const std::unique_ptr<char, void (*)(void*)> encoded(
      curl_easy_escape(curl, value.data(), static_cast<int>(value.size())), curl_free);
  if (!encoded) throw std::bad_alloc();
  return fmt::format("{}={}", name, encoded.get());
}

std::string_view voice_of(std::string_view language) {
  if (language == "en") return "en-US";
  if (language == "es") return "es-MX";
  return language;
}

// XML has no place for other control characters, not even escaped.
std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return text;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

bool is_permanent(long status) {
  return status >= 400 && status < 500 && status != 401 && status != 403 && status != 408 && status != 429;
}

}  // namespace

struct TextGateway::Connection {
  std::mutex mutex;
  CurlHandle handle = make_curl();
};

TextGateway::TextGateway(TextGatewayOptions options) : options_(std::move(options)) {
  check(options_);
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
  connection_ = std::make_unique<Connection>();
}

TextGateway::~TextGateway() = default;

void TextGateway::send(const TextMessage& message) {
  if (!is_e164(message.to)) throw DeliveryFailed("text gateway: the number is not in the E.164 form", true);
  const bool is_text = message.way == TextWay::text;
  const auto url = fmt::format("{}/2010-04-01/Accounts/{}/{}.json", options_.base_url, options_.account,
                               is_text ? "Messages" : "Calls");
  CurlList headers;
  append(headers, "Idempotency-Key: " + to_hex(sha256(message.id)));
  append(headers, "Accept: application/json");

  const std::scoped_lock lock(connection_->mutex);
  CURL* const curl = connection_->handle.get();
  prepare_curl(curl, url, "http,https", options_.connect_max, options_.total_max, options_.authorities_file);
  const auto form = fmt::format("{}&{}&{}", form_field(curl, "To", message.to), form_field(curl, "From", options_.from),
                                is_text ? form_field(curl, "Body", message.text)
                                        : form_field(curl, "Twiml", to_spoken_xml(message.text, message.language)));
  curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
  curl_easy_setopt(curl, CURLOPT_USERNAME, options_.account.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.token.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
  const CURLcode outcome = curl_easy_perform(curl);
  if (outcome != CURLE_OK) throw DeliveryFailed(fmt::format("text gateway: {}", curl_easy_strerror(outcome)), false);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299) {
    throw DeliveryFailed(fmt::format("text gateway: status {}", status), is_permanent(status));
  }
}

std::string to_spoken_xml(const std::string& text, const std::string& language) {
  const auto voice = voice_of(language);
  const auto attribute = voice.empty() ? std::string() : fmt::format(" language=\"{}\"", escaped(voice));
  return fmt::format("<Response><Pause length=\"1\"/><Say loop=\"2\"{}>{}</Say></Response>", attribute,
                     escaped(without_controls(text)));
}

}  // namespace waymark
