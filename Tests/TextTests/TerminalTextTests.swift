import Testing
import Text

@Suite struct TerminalTextTests {
    @Test func `what would steer a terminal is not shown`() {
        #expect(TerminalText.name("content/é 日本.md") == "content/é 日本.md")
        #expect(
            TerminalText.name("a\u{1B}[31m\r\n\tb\u{9B}\u{202E}")
                == "a\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}")
        #expect(TerminalText.lines("a\tb\nc\r\u{7F}") == "a\tb\nc\u{FFFD}\u{FFFD}")
    }
}
