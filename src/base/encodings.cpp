// Bytes as hexadecimal, base64 and base32 (RFC 4648): the encodings of base/text.hpp.
#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// Bits of `bytes`, most significant first, `width` a symbol; the last symbol is filled with zeros.
std::string encode_bits(std::string_view bytes, std::string_view alphabet, unsigned width) {
  std::string out;
  out.reserve(bytes.size() * 8 / width + 1);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xFFFFFF;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      out += alphabet[buffer >> bits & ((1U << width) - 1)];
    }
  }
  if (bits > 0) out += alphabet[buffer << (width - bits) & ((1U << width) - 1)];
  return out;
}

// The only text that encodes the bytes, or nothing: left-over bits must be zero, or two texts would mean one value.
std::optional<std::string> decode_base64(std::string_view text, std::string_view alphabet) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char symbol : text) {
    const auto value = alphabet.find(symbol);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(static_cast<unsigned char>(buffer >> bits & 0xFF));
    }
  }
  if ((buffer & ((1U << bits) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string to_hex(std::string_view bytes) { return encode_bits(bytes, "0123456789abcdef", 4); }

std::string to_base64url(std::string_view bytes) { return encode_bits(bytes, kBase64Url, 6); }

std::optional<std::string> from_base64url(std::string_view text) { return decode_base64(text, kBase64Url); }

std::string to_base64(std::string_view bytes) {
  auto out = encode_bits(bytes, kBase64, 6);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode_base64(text, kBase64);
}

std::string to_base32(std::string_view bytes) { return encode_bits(bytes, kBase32, 5); }

}  // namespace waymark
