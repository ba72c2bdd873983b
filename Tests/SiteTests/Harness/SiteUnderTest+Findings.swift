extension SiteUnderTest {
    /// What is wrong with findings that should be others.
    static func findingProblems(_ own: [String], _ expected: [String], _ name: String) -> [String] {
        if own == expected { return [] }
        // Each as often as it was said: a finding said twice is not one said once.
        var extra = own
        let missing = expected.filter { finding in
            guard let index = extra.firstIndex(of: finding) else { return true }
            extra.remove(at: index)
            return false
        }
        if missing.isEmpty, extra.isEmpty {
            return [
                "findings come in another order than \(name)'s:\n\(own.joined())\nshould be:\n\(expected.joined())"
            ]
        }
        return [
            "findings differ from \(name)'s:\nmissing:\n\(missing.joined())\ntoo many:\n\(extra.joined())"
        ]
    }
}
