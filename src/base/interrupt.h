// SIGINT and SIGTERM as a question long loops ask: has the user had enough?
#pragma once

namespace mynah {

/// From here on the first SIGINT or SIGTERM only sets the flag; a second one ends the process at once (exit code 130). Signals of
/// before are forgotten.
void catch_interrupts();

/// True once a signal came in.
bool interrupted();

}  // namespace mynah
