#include <boost/json/value.hpp>

#include "base/text.hpp"
#include "catalogue/catalogue.hpp"
#include "catalogue/json_object.hpp"
#include "catalogue/read_brand.hpp"
#include "catalogue/read_form.hpp"
#include "catalogue/read_help.hpp"
#include "catalogue/read_lists.hpp"

namespace waymark::catalogue {
namespace {

std::string_view last_part(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_form_file(std::string_view path) {
  const std::string_view name = last_part(path);
  path.remove_suffix(name.size());
  return name.ends_with(".json") && (path == "forms/" || path.ends_with("/forms/"));
}

// "help/es/backup-codes.md", whatever folder it lies in; empty when it is no article.
std::string help_role_of(std::string_view path) {
  const auto parts = split(path, '/');
  if (!path.ends_with(".md") || parts.size() < 3 || parts[parts.size() - 3] != "help") return {};
  return "help/" + std::string(parts[parts.size() - 2]) + "/" + std::string(parts.back());
}

// What a file is to the catalogue: "forms/i-765.json", "brand.json"; empty when it is nothing of the catalogue's.
std::string role_of(std::string_view path) {
  const std::string name(last_part(path));
  if (is_form_file(path)) return "forms/" + name;
  if (name == "brand.json" || name == "places.json" || name == "phone_countries.json") return name;
  return help_role_of(path);
}

}  // namespace

class CatalogueReader {
 public:
  ReadCatalogue read(std::span<const CatalogueFile> files) {
    std::map<std::string, const CatalogueFile*> by_role;  // the last one of each
    for (const CatalogueFile& file : files) {
      if (const std::string role = role_of(file.path); !role.empty()) by_role[role] = &file;
    }
    std::vector<HelpFile> articles;
    for (const auto& [role, file] : by_role) {
      if (role.starts_with("help/")) {
        const auto parts = split(role, '/');
        articles.push_back({std::string(parts[1]), std::string(parts[2].substr(0, parts[2].size() - 3)), file});
      } else {
        read_file(role, *file);
      }
    }
    out_.catalogue.help_articles_ = read_help(articles, out_.catalogue.brand_, out_.problems);
    if (!by_role.contains("brand.json"))
      out_.problems.push_back({"brand.json", 0, "is missing: the agency needs a name"});
    if (out_.catalogue.forms_.empty()) out_.problems.push_back({"forms/", 0, "holds no form"});
    return std::move(out_);
  }

 private:
  void read_file(const std::string& role, const CatalogueFile& file) {
    JsonSyntaxProblem wrong;
    const auto value = parse_json(file.content, wrong);
    if (!value) {
      out_.problems.push_back({file.path, wrong.line, wrong.reason});
      return;
    }
    ProblemSink sink(file.path, file.content, out_.problems);
    Catalogue& catalogue = out_.catalogue;
    if (role == "brand.json")
      catalogue.brand_ = read_brand(*value, sink);
    else if (role == "places.json")
      catalogue.places_ = read_places(*value, sink);
    else if (role == "phone_countries.json")
      catalogue.phone_countries_ = read_phone_countries(*value, sink);
    else
      catalogue.forms_.push_back(read_form(*value, last_part(file.path), sink));
  }

  ReadCatalogue out_;
};

ReadCatalogue read_catalogue(std::span<const CatalogueFile> files) { return CatalogueReader().read(files); }

}  // namespace waymark::catalogue
