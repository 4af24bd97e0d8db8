// SPDX-License-Identifier: BSD-3-Clause
// The program: arguments, the verb, the exit status. No exception leaves it.
#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/usage_error.h"
#include "cli/verbs.h"

#include <exception>

namespace {

using namespace equicloud::cli;

constexpr int kFailed = 1;
constexpr int kWrongCommand = 2;
constexpr int kInterrupted = 130;

int run_command(int argc, const char* const* argv) {
  const Command command = parse_arguments(argc, argv);
  return std::visit([](const auto& options) { return run(options); }, command);
}

int status_of(int argc, const char* const* argv) noexcept {
  try {
    catch_signals();
    const int status = run_command(argc, argv);
    return output_arrived() || status != 0 ? status : kFailed;
  } catch (const UsageError& error) {
    complain(error.what());
    return kWrongCommand;
  } catch (const Interrupted&) {
    return kInterrupted;
  } catch (const std::exception& error) {
    complain(error.what());
  } catch (...) {
    complain("an unknown error ended the program");
  }
  return kFailed;
}

}  // namespace

int main(int argc, char** argv) { return status_of(argc, argv); }
