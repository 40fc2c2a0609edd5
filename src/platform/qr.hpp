// QR codes as SVG (libqrencode): dark on light whatever the page's colours are, or cameras fail.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

// A complete <svg> element with a quiet zone of four modules, role="img" and the label given (escaped).
std::string qr_svg(std::string_view text, std::string_view label);

}  // namespace waymark
