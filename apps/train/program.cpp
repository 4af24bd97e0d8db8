// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/verbs.h>

#include <iostream>

namespace equicloud::train {

int run_program(CLI::App& program, int argc, char** argv) {
  const auto complain = [&](const char* what) {
    std::cerr << program.get_name() << ": " << what << '\n';
  };
  try {
    program.parse(argc, argv);
    return 0;
  } catch (const CLI::Success& help) {
    return program.exit(help);
  } catch (const CLI::RuntimeError& stopped) {  // a verb's own exit status
    return stopped.get_exit_code();
  } catch (const CLI::ParseError& error) {
    complain(error.what());
    std::cerr << "try " << program.get_name() << " --help\n";
    return 2;
  } catch (const InvalidArgument& error) {
    complain(error.what());
    return 2;
  } catch (const std::exception& error) {
    complain(error.what());
    return 1;
  }
}

}  // namespace equicloud::train
