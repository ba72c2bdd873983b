import CXML2
import Glibc
public import Text

/// XML in: a small tree of what a file says, for checks and imports.
///
/// Read with libxml2: no network, no entity but the five of XML, no document type of others.
public struct XMLDocument: Sendable {
    /// The outermost element, or `nil` when the file is not well-formed.
    public let root: XMLElement?
    /// What is wrong.
    public let diagnostics: [Diagnostic]

    /// Reads a file.
    ///
    /// - Parameter file: XML in UTF-8 or with a declaration of its encoding.
    public init(_ file: SourceFile) {
        XMLLibrary.start()
        var findings: [Diagnostic] = []
        var element: XMLElement?
        unsafe file.bytes.withUnsafeBytes { raw in
            let options = Int32(
                XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
                    | XML_PARSE_COMPACT.rawValue)
            guard let context = unsafe xmlNewParserCtxt() else { return }
            defer { unsafe xmlFreeParserCtxt(context) }
            let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let document = unsafe xmlCtxtReadMemory(
                context, start, Int32(clamping: raw.count), nil, nil, options)
            defer { unsafe xmlFreeDoc(document) }
            if unsafe document == nil || context.pointee.wellFormed == 0 {
                findings.append(unsafe Self.finding(context, in: file))
                return
            }
            if let top = unsafe xmlDocGetRootElement(document) {
                element = unsafe Self.element(top, depth: 0)
            }
        }
        if file.bytes.isEmpty, findings.isEmpty {
            findings.append(Diagnostic(.malformedXML, "the file is empty", at: .start, in: file))
        }
        root = element
        diagnostics = findings
    }

    private static func finding(_ context: xmlParserCtxtPtr, in file: SourceFile) -> Diagnostic {
        let error = unsafe xmlCtxtGetLastError(context)
        var message =
            unsafe error?.pointee.message.map { unsafe String(cString: $0) } ?? "the file cannot be read"
        while message.last == "\n" || message.last == "." { message.removeLast() }
        let line = Int(unsafe error?.pointee.line ?? 1)
        let column = Int(unsafe error?.pointee.int2 ?? 1)
        var offset = 0
        for _ in 1..<max(1, line) { offset = min(file.bytes.count, file.bytes.endOfLine(from: offset) + 1) }
        return Diagnostic(
            .malformedXML, message, at: SourceRange(at: min(file.bytes.count, offset + max(0, column - 1))),
            in: file)
    }

    private static func element(_ node: xmlNodePtr, depth: Int) -> XMLElement {
        var element = XMLElement(
            name: unsafe text(node.pointee.name), namespace: [], line: Int(unsafe node.pointee.line))
        if let namespace = unsafe node.pointee.ns { element.namespace = unsafe text(namespace.pointee.href) }
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            let value = unsafe xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
            var name = unsafe text(current.pointee.name)
            if let namespace = unsafe current.pointee.ns, let prefix = unsafe namespace.pointee.prefix {
                name = unsafe text(prefix) + [0x3A] + name
            }
            element.attributes.append(HTMLAttribute(name: name, value: unsafe text(value)))
            if let value = unsafe value { unsafe free(value) }
            unsafe attribute = unsafe current.pointee.next
        }
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE where depth < 200:
                element.children.append(unsafe self.element(current, depth: depth + 1))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                element.text += unsafe text(current.pointee.content)
            default:
                break
            }
            unsafe child = unsafe current.pointee.next
        }
        return element
    }

    private static func text(_ pointer: UnsafePointer<xmlChar>?) -> [UInt8] {
        guard let pointer = unsafe pointer else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: pointer, count: Int(xmlStrlen(pointer))))
    }
}

/// An element of an ``XMLDocument``.
public struct XMLElement: Hashable, Sendable {
    /// The name without prefix.
    public var name: [UInt8]
    /// The address of its namespace, or nothing.
    public var namespace: [UInt8]
    /// The attributes in order; prefixed names keep their prefix.
    public var attributes: [HTMLAttribute] = []
    /// The elements inside.
    public var children: [XMLElement] = []
    /// The text directly inside, all pieces joined.
    public var text: [UInt8] = []
    /// The line on which it starts.
    public var line: Int

    /// The value of an attribute.
    public func attribute(_ name: String) -> [UInt8]? {
        attributes.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    /// The children of a name.
    public func children(_ name: String) -> [XMLElement] {
        children.filter { $0.name.elementsEqual(name.utf8) }
    }

    /// The first child of a name.
    public func child(_ name: String) -> XMLElement? {
        children.first { $0.name.elementsEqual(name.utf8) }
    }
}
