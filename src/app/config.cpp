#include "app/config.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>

#include "app/settings.hpp"
#include "base/email.hpp"
#include "base/text.hpp"

namespace waymark::app {
namespace {

std::string variable_of(std::string_view setting) {
  std::string variable = "WAYMARK_" + to_ascii_upper(setting);
  std::replace(variable.begin(), variable.end(), '.', '_');
  return variable;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string unknown(std::string_view name) {
  const auto nearest = std::min_element(settings().begin(), settings().end(), [&](const Setting& x, const Setting& y) {
    return edit_distance(x.name, name) < edit_distance(y.name, name);
  });
  std::string text = fmt::format("{}: no such setting", name);
  if (edit_distance(nearest->name, name) <= 4) text += fmt::format("; did you mean {}?", nearest->name);
  return text;
}

// Nothing when the number is in bounds, else what is wrong with it.
std::optional<std::string> out_of_bounds(const Setting& setting, std::int64_t value) {
  if (value >= setting.minimum && value <= setting.maximum) return std::nullopt;
  return fmt::format("{}: {} is not between {} and {} {}", setting.name, value, setting.minimum, setting.maximum,
                     setting.unit);
}

std::optional<std::string> set_from_text(Config& config, const Setting& setting, const std::string& text) {
  if (auto* member = std::get_if<std::string Config::*>(&setting.member)) {
    config.*(*member) = text;
  } else if (auto* number = std::get_if<std::int64_t Config::*>(&setting.member)) {
    const auto value = parse_integer(text);
    if (!value) return fmt::format("{}: wants a whole number", setting.name);
    if (auto problem = out_of_bounds(setting, *value)) return problem;
    config.*(*number) = *value;
  } else if (auto* flag = std::get_if<bool Config::*>(&setting.member)) {
    if (text != "true" && text != "false") return fmt::format("{}: wants true or false", setting.name);
    config.*(*flag) = text == "true";
  } else {
    auto& list = config.*std::get<std::vector<std::string> Config::*>(setting.member);
    list.clear();
    for (const auto part : split(text, ',')) {
      if (!trim(part).empty()) list.emplace_back(trim(part));
    }
  }
  return std::nullopt;
}

std::optional<std::string> set_from_toml(Config& config, const Setting& setting, const toml::node& node) {
  if (auto* member = std::get_if<std::string Config::*>(&setting.member)) {
    if (!node.is_string()) return fmt::format("{}: wants text in quotes", setting.name);
    config.*(*member) = node.as_string()->get();
  } else if (auto* number = std::get_if<std::int64_t Config::*>(&setting.member)) {
    if (!node.is_integer()) return fmt::format("{}: wants a whole number", setting.name);
    if (auto problem = out_of_bounds(setting, node.as_integer()->get())) return problem;
    config.*(*number) = node.as_integer()->get();
  } else if (auto* flag = std::get_if<bool Config::*>(&setting.member)) {
    if (!node.is_boolean()) return fmt::format("{}: wants true or false", setting.name);
    config.*(*flag) = node.as_boolean()->get();
  } else {
    const auto* array = node.as_array();
    if (array == nullptr || !array->is_homogeneous(toml::node_type::string)) {
      return fmt::format("{}: wants a list of texts, [\"…\"]", setting.name);
    }
    auto& list = config.*std::get<std::vector<std::string> Config::*>(setting.member);
    list.clear();
    for (const auto& item : *array) list.push_back(item.as_string()->get());
  }
  return std::nullopt;
}

void read_table(const toml::table& root, std::string_view file_name, ReadConfig& read) {
  const auto complain = [&](const toml::node& node, const std::string& reason) {
    read.problems.push_back(fmt::format("{}:{}: {}", file_name, node.source().begin.line, reason));
  };
  for (const auto& [group, node] : root) {
    const auto* table = node.as_table();
    if (table == nullptr) {
      complain(node, unknown(group.str()));
      continue;
    }
    for (const auto& [key, value] : *table) {
      const std::string name = fmt::format("{}.{}", group.str(), key.str());
      const auto found = std::find_if(settings().begin(), settings().end(),
                                      [&](const Setting& setting) { return setting.name == name; });
      if (found == settings().end()) {
        complain(value, unknown(name));
      } else if (auto problem = set_from_toml(read.config, *found, value)) {
        complain(value, *problem);
      }
    }
  }
}

std::string value_text(const Config& config, const Setting& setting) {
  if (auto* member = std::get_if<std::string Config::*>(&setting.member)) {
    if (setting.is_secret && !(config.*(*member)).empty() && config.*(*member) != "sqlite") return "(set)";
    return fmt::format("\"{}\"", config.*(*member));
  }
  if (auto* number = std::get_if<std::int64_t Config::*>(&setting.member)) return fmt::format("{}", config.*(*number));
  if (auto* flag = std::get_if<bool Config::*>(&setting.member)) return config.*(*flag) ? "true" : "false";
  std::string text = "[";
  for (const auto& item : config.*std::get<std::vector<std::string> Config::*>(setting.member)) {
    text += fmt::format("{}\"{}\"", text.size() > 1 ? ", " : "", item);
  }
  return text + "]";
}

}  // namespace

ReadConfig read_config(std::string_view file_name, std::optional<std::string_view> file_text,
                       const std::map<std::string, std::string>& variables) {
  ReadConfig read;
  if (file_text) {
    try {
      read_table(toml::parse(*file_text), file_name, read);
    } catch (const toml::parse_error& error) {
      read.problems.push_back(fmt::format("{}:{}: {}", file_name, error.source().begin.line, error.description()));
    }
  }
  for (const auto& [variable, text] : variables) {
    if (!variable.starts_with("WAYMARK_") || variable.starts_with("WAYMARK_TEST_")) continue;
    const auto found = std::find_if(settings().begin(), settings().end(),
                                    [&](const Setting& setting) { return variable_of(setting.name) == variable; });
    if (found == settings().end()) {
      read.problems.push_back(fmt::format("{}: no setting has this variable; see waymark config --explain", variable));
    } else if (auto problem = set_from_text(read.config, *found, text)) {
      read.problems.push_back(fmt::format("{}: {}", variable, *problem));
    }
  }
  read.are_understood = read.problems.empty();
  for (auto& contradiction : find_contradictions(read.config)) read.problems.push_back(std::move(contradiction));
  return read;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

namespace {

// Goes into a text file a field a line, and into a page as a link.
bool is_web_address(std::string_view text) {
  return text.starts_with("https://") && text.size() > 8 &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_contact(std::string_view text) {
  if (!text.starts_with("mailto:")) return is_web_address(text);
  const auto email = parse_email(text.substr(7));
  return email && email->address == text.substr(7);
}

}  // namespace

std::vector<std::string> find_contradictions(const Config& config) {
  std::vector<std::string> found;
  std::string_view rest = config.origin;
  const bool is_https = rest.starts_with("https://");
  const bool is_http = rest.starts_with("http://");
  rest.remove_prefix(is_https ? 8 : is_http ? 7 : 0);
  if ((!is_https && !is_http) || rest.empty() || rest.find_first_of("/?#@ ") != rest.npos) {
    found.push_back("server.origin: wants https://host, or https://host:port, and nothing behind it");
  } else if (is_http && !is_loopback(rest.starts_with("[") ? rest.substr(0, rest.find(']') + 1)
                                                           : rest.substr(0, rest.find(':')))) {
    found.push_back("server.origin: http is for localhost only; people's passwords travel there: use https");
  }
  if (config.tls_certificate_file.empty() != config.tls_key_file.empty()) {
    found.push_back("server.tls_certificate_file and server.tls_key_file: give both or none");
  }
  if (!config.demo && config.mail_url.empty())
    found.push_back("mail.url: needed, since accounts are proved by mail (or set demo.enabled)");
  if (!config.mail_url.empty() && config.mail_from_address.empty())
    found.push_back("mail.from_address: needed with mail.url");
  if (!config.texts_url.empty() &&
      (config.texts_account.empty() || config.texts_token.empty() || config.texts_from.empty())) {
    found.push_back("texts.account, texts.token and texts.from: needed with texts.url");
  }
  if (!config.demo && config.catalogue_folder.empty()) {
    found.push_back("catalogue.folder: needed, since the shipped brand is the demo's (or set demo.enabled)");
  }
  if (config.demo && (!config.mail_url.empty() || !config.texts_url.empty())) {
    found.push_back("demo.enabled: the demo does not start beside a real mail.url or texts.url");
  }
  if (config.demo && !is_loopback(config.listen_address) && !config.demo_beyond_loopback) {
    found.push_back(
        "demo.enabled: the demo listens on the loopback address only, unless demo.beyond_loopback says otherwise");
  }
  if (!config.security_contact.empty() && !is_contact(config.security_contact)) {
    found.push_back("security.contact: wants mailto: and an address, or https://…");
  }
  if (!config.security_policy.empty() && !is_web_address(config.security_policy)) {
    found.push_back("security.policy: wants https://…");
  }
  if (config.database != "sqlite" && !config.database.starts_with("postgres://") &&
      !config.database.starts_with("postgresql://")) {
    found.push_back("data.database: wants \"sqlite\" or postgres://…");
  }
  if (config.log_level != "debug" && config.log_level != "info" && config.log_level != "warning" &&
      config.log_level != "error") {
    found.push_back("operations.log_level: wants debug, info, warning or error");
  }
  return found;
}

std::string explain_config(const Config& config) {
  const Config defaults;
  std::ostringstream out;
  out << "Settings of waymark, in a TOML file (waymark --config FILE) or as variables, which win.\n";
  std::string_view group;
  for (const auto& setting : settings()) {
    const std::string_view own_group = setting.name.substr(0, setting.name.find('.'));
    if (own_group != group) out << fmt::format("\n[{}]\n", group = own_group);
    out << fmt::format("{} = {}\n    {}", setting.name.substr(group.size() + 1), value_text(defaults, setting),
                       setting.meaning);
    if (!setting.unit.empty()) out << fmt::format(" ({})", setting.unit);
    if (std::holds_alternative<std::int64_t Config::*>(setting.member))
      out << fmt::format("; {} to {}", setting.minimum, setting.maximum);
    out << fmt::format(".\n    {}", variable_of(setting.name));
    if (const auto now = value_text(config, setting); now != value_text(defaults, setting)) out << "; now " << now;
    out << "\n";
  }
  return out.str();
}

}  // namespace waymark::app
