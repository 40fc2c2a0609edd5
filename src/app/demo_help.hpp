// What the demo's office finds waiting: call-backs, questions, and what people thought of the help articles.
#pragma once

#include "app/features.hpp"

namespace waymark::app {

// From catalogue/demo/help.json, its times told from now. Once, into an empty database.
void seed_demo_help(Foundation& foundation, Features& features);

}  // namespace waymark::app
