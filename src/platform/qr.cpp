#include "platform/qr.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <stdexcept>

#include "base/markup.hpp"

namespace waymark {
namespace {

constexpr int kQuietModules = 4;  // ISO/IEC 18004 section 9.1

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

// One rectangle a run of dark modules, as path commands.
std::string dark_runs(const QRcode& code) {
  const auto is_dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
  std::string path;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width;) {
      const int start = x;
      while (x < code.width && is_dark(x, y)) ++x;
      if (x > start)
        path += fmt::format("M{} {}h{}v1h-{}z", start + kQuietModules, y + kQuietModules, x - start, x - start);
      if (x == start) ++x;
    }
  }
  return path;
}

}  // namespace

std::string qr_svg(std::string_view text, std::string_view label) {
  const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) throw std::runtime_error("a text is too long for a QR code");
  const int side = code->width + 2 * kQuietModules;
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="{0}" width="240" height="240" )"
      R"(viewBox="0 0 {1} {1}" shape-rendering="crispEdges"><rect width="{1}" height="{1}" fill="#fff"/>)"
      R"(<path d="{2}" fill="#000"/></svg>)",
      escaped(label), side, dark_runs(*code));
}

}  // namespace waymark
