#include "platform/network_places.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/network_file.hpp"
#include "support/temporary_folder.hpp"

namespace waymark {
namespace {

using testing::NetworkFile;

struct NetworkPlacesTest : ::testing::Test {
  TemporaryFolder folder;
  std::string file = (folder.path() / "city.mmdb").string();
  std::string found(const NetworkFile::Names& city, const NetworkFile::Names& country,
                    std::string_view address = "203.0.113.9") {
    NetworkFile::write(file, city, country);
    return NetworkPlaces(file).find(address);
  }
};

TEST_F(NetworkPlacesTest, NamesCityAndCountryInEachLanguageOfTheFile) {
  const auto place = found({{"en", "Mexico City"}, {"es", "Ciudad de México"}}, {{"en", "Mexico"}, {"es", "México"}});
  EXPECT_EQ(place_in(place, "es"), "Ciudad de México, México");
  EXPECT_EQ(place_in(place, "en"), "Mexico City, Mexico");
  EXPECT_EQ(place_in(place, "vi"), "Mexico City, Mexico") << "English stands in";
}

TEST_F(NetworkPlacesTest, NamesWhatThereIs) {
  EXPECT_EQ(place_in(found({}, {{"en", "Mexico"}}), "en"), "Mexico");
  EXPECT_EQ(place_in(found({}, {}), "en"), "");
}

TEST_F(NetworkPlacesTest, KnowsNothingOfOtherNetworksAndOfWhatIsNoAddress) {
  for (const std::string_view address : {"203.0.114.9", "198.51.100.1", "2001:db8::1", "", "example.org", "203.0.113"})
    EXPECT_EQ(found({{"en", "Mexico City"}}, {{"en", "Mexico"}}, address), "") << address;
}

TEST_F(NetworkPlacesTest, SaysWhichFileIsNone) {
  EXPECT_THROW(NetworkPlaces("/no/such/file.mmdb"), std::runtime_error);
  std::ofstream(file) << "not of this format";
  try {
    const NetworkPlaces places(file);
    FAIL();
  } catch (const std::runtime_error& problem) {
    EXPECT_NE(std::string_view(problem.what()).find(file), std::string_view::npos);
  }
}

}  // namespace
}  // namespace waymark
