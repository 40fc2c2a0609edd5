#include "catalogue/read_form.hpp"

#include "base/text.hpp"

namespace waymark::catalogue {
namespace {

using StageKindName = std::pair<std::string_view, StageKind>;
constexpr StageKindName kStageKinds[] = {
    {"received", StageKind::received},
    {"accepted", StageKind::accepted},
    {"biometrics", StageKind::biometrics},
    {"review", StageKind::review},
    {"evidence_requested", StageKind::evidence_requested},
    {"interview", StageKind::interview},
    {"transferred", StageKind::transferred},
    {"decision", StageKind::decision},
    {"card", StageKind::card},
    {"oath", StageKind::oath},
    {"closed", StageKind::closed},
};
constexpr std::string_view kRoles[] = {"applicant", "petitioner", "beneficiary", "representative"};
// Never the names or the addresses of the petitioner.
constexpr std::string_view kConsentKinds[] = {"history_details", "evidence", "appointments"};

bool is_form_number(std::string_view number) {
  const auto is_part = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  return !number.empty() && number.size() <= 16 && number[0] >= 'A' && number[0] <= 'Z' && number.back() != '-' &&
         std::ranges::all_of(number, is_part);
}

bool is_stage_name(std::string_view name) {
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 40 && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, is_part);
}

Stage read_stage(JsonObject& object) {
  Stage stage;
  stage.name = object.text("name");
  object.call("stage \"" + stage.name + "\"");
  if (!stage.name.empty() && !is_stage_name(stage.name)) {
    object.problem("name", "holds more than small letters, digits and underscores");
  }
  const std::string kind = object.text("kind");
  const auto* known = std::ranges::find(kStageKinds, std::string_view(kind), &StageKindName::first);
  if (known != std::end(kStageKinds))
    stage.kind = known->second;
  else if (!kind.empty())
    object.problem("kind", "\"" + kind + "\" is no kind of stage");
  stage.title = object.translated("title");
  stage.explanation = object.translated("explanation");
  stage.next = object.translated("next");
  stage.is_detour = object.flag_or("detour", false);
  object.refuse_unknown();
  return stage;
}

void check_stages(const Form& form, JsonObject& object) {
  std::set<std::string_view> names;
  for (const Stage& stage : form.stages) {
    if (!stage.name.empty() && !names.insert(stage.name).second) {
      object.problem("stages", "has the stage \"" + stage.name + "\" twice");
    }
  }
  if (!form.stages.empty() && form.stages.front().is_detour) {
    object.problem("stages", "begins with a detour: a case must stand somewhere before it");
  }
  const auto is_decision = [](const Stage& stage) { return stage.kind == StageKind::decision && !stage.is_detour; };
  if (!form.stages.empty() && std::ranges::none_of(form.stages, is_decision)) {
    object.problem("stages", "has no stage of the kind \"decision\"");
  }
}

}  // namespace

Form read_form(const boost::json::value& value, std::string_view file_name, ProblemSink& sink) {
  JsonObject object(value, "", "", sink);
  Form form;
  form.number = object.text("form");
  if (!form.number.empty() && !is_form_number(form.number)) {
    object.problem("form", "is not a form number such as \"I-765\"");
  } else if (!form.number.empty() && to_ascii_lower(form.number) + ".json" != file_name) {
    object.problem("form", "is " + form.number + ", which belongs in " + to_ascii_lower(form.number) + ".json");
  }
  form.title = object.translated("title");
  form.short_title = object.translated("short_title");
  form.source = object.text("source");
  form.roles = object.texts("roles");
  for (const std::string& role : form.roles) {
    if (std::ranges::find(kRoles, role) == std::end(kRoles))
      object.problem("roles", "has the unknown role \"" + role + "\"");
  }
  if (object.has("beneficiary_consent")) form.beneficiary_consent = object.texts("beneficiary_consent");
  for (const std::string& kind : form.beneficiary_consent) {
    if (std::ranges::find(kConsentKinds, kind) == std::end(kConsentKinds))
      object.problem("beneficiary_consent", "has the unknown kind \"" + kind + "\"");
  }
  for (JsonObject& stage : object.objects("stages")) form.stages.push_back(read_stage(stage));
  check_stages(form, object);
  object.refuse_unknown();
  return form;
}

}  // namespace waymark::catalogue
