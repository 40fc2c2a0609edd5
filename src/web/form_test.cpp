#include "web/form.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

TEST(Form, ReadsFields) {
  const auto form = Form::parse("given_name=Ana+Mar%C3%ADa&code=0+1%2B2&empty=");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->get("given_name"), "Ana María");
  EXPECT_EQ(form->get("code"), "0 1+2");
  EXPECT_TRUE(form->has("empty"));
  EXPECT_FALSE(form->has("absent"));
  EXPECT_EQ(form->get("absent"), "");
}

TEST(Form, OfAnEmptyBodyHasNoFields) {
  const auto form = Form::parse("");
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->fields().empty());
}

TEST(Incident_I18_Form, RefusesADoubledField) {
  for (const std::string_view body :
       {"email=a%40b.example&email=c%40d.example", "email=a&x=1&email=a", "email=a&%65mail=b"}) {
    const auto form = Form::parse(body);
    ASSERT_FALSE(form) << body;
    EXPECT_EQ(form.error().kind, FailureKind::malformed);
  }
}

TEST(Incident_I21_Form, RefusesArraysAndObjects) {
  for (const std::string_view body : {"email[]=a", "email%5B%5D=a", "user[email]=a", "email[0]=a", "x]=1"}) {
    EXPECT_FALSE(Form::parse(body)) << body;
  }
}

TEST(Form, RefusesWhatOurPagesWouldNotSend) {
  for (const std::string_view body : {"a", "=a", "&", "a=1&", "&a=1", "a=1&&b=2", "a=%", "a=%4", "a=%zz", "a=%00",
                                      "a=%ff", "a=%C3", "%ff=a", "a=%ED%A0%80", "a=%C0%80"}) {
    EXPECT_FALSE(Form::parse(body)) << body;
  }
}

TEST(Form, RefusesMoreThanTwoHundredFields) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += (i == 0 ? "f" : "&f") + std::to_string(i) + "=1";
  EXPECT_TRUE(Form::parse(body));
  EXPECT_FALSE(Form::parse(body + "&one_more=1"));
}

TEST(Form, ReplacesAFieldThatIsSetAgain) {
  Form form;
  form.set("a", "1");
  form.set("a", "2");
  EXPECT_EQ(form.get("a"), "2");
  EXPECT_EQ(form.fields().size(), 1U);
}

TEST(FormState, FindsTheMessageOfAField) {
  FormState state;
  EXPECT_EQ(state.error_at("code"), nullptr);
  state.failure = refuse_field("code", "accounts.error.code_wrong").error();
  ASSERT_NE(state.error_at("code"), nullptr);
  EXPECT_EQ(state.error_at("code")->key, "accounts.error.code_wrong");
  EXPECT_EQ(state.error_at("email"), nullptr);
}

}  // namespace
}  // namespace waymark::web
