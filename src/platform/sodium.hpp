// libsodium must be started once before any of it is used.
#pragma once

namespace waymark {

void start_sodium();  // cheap after the first time; safe from several threads; throws when there is no randomness

}  // namespace waymark
